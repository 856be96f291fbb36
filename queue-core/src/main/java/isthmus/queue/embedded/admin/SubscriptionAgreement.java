package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.GroupDetail.Agreement;
import isthmus.queue.api.admin.GroupDetail.Member;
import isthmus.queue.api.admin.GroupDetail.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the members of a group subscribe alike: the same topics, with the same expressions. {@code A||B} and
 * {@code B||A} are the same.
 */
record SubscriptionAgreement(Agreement agreement, List<String> differences) {
    private static final String NOT = "(not subscribed)";

    static SubscriptionAgreement of(List<Member> members) {
        Map<String, Map<String, List<String>>> clientsByTopicAndExpression = new TreeMap<>();
        for (Member member : members) {
            for (Subscription subscription : member.subscriptions()) {
                clientsByTopicAndExpression
                        .computeIfAbsent(subscription.topic(), topic -> new TreeMap<>())
                        .computeIfAbsent(inOrder(subscription.expression()), expression -> new ArrayList<>())
                        .add(member.clientId());
            }
        }
        List<Member> answered = members.stream().filter(Member::answered).toList();
        List<String> differences = new ArrayList<>();
        clientsByTopicAndExpression.forEach((topic, clients) -> {
            for (Member member : answered) {
                if (clients.values().stream().noneMatch(those -> those.contains(member.clientId()))) {
                    clients.computeIfAbsent(NOT, expression -> new ArrayList<>())
                            .add(member.clientId());
                }
            }
            if (clients.size() > 1) {
                differences.add(topic + ": " + clients);
            }
        });
        if (!differences.isEmpty()) {
            return new SubscriptionAgreement(Agreement.DIFFER, differences);
        }
        boolean sure = !members.isEmpty() && answered.size() == members.size();
        return new SubscriptionAgreement(sure ? Agreement.AGREE : Agreement.UNKNOWN, differences);
    }

    private static String inOrder(String expression) {
        TreeSet<String> tags = new TreeSet<>();
        for (String tag : expression.split("\\|\\|", -1)) {
            tags.add(tag.strip());
        }
        return String.join("||", tags);
    }
}
