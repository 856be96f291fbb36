package isthmus.queue.embedded.admin;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.queue.api.admin.GroupDetail.Agreement;
import isthmus.queue.api.admin.GroupDetail.Member;
import isthmus.queue.api.admin.GroupDetail.Subscription;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubscriptionAgreementTest {
    private static Member member(String clientId, String... topicsAndTags) {
        Set<Subscription> subscriptions = Stream.of(topicsAndTags)
                .map(text -> text.split(" ", 2))
                .map(parts -> new Subscription(parts[0], parts[1]))
                .collect(Collectors.toSet());
        return new Member(clientId, "127.0.0.1:1", "java", "V5_5_0", 0, true, subscriptions);
    }

    private static Member silent(String clientId) {
        return new Member(clientId, "127.0.0.1:1", "java", "V5_5_0", 0, false, Set.of());
    }

    @Test
    void theOrderOfTagsDoesNotMatter() {
        assertThat(SubscriptionAgreement.of(List.of(member("a", "T x||y"), member("b", "T y || x"))))
                .isEqualTo(new SubscriptionAgreement(Agreement.AGREE, List.of()));
    }

    @Test
    void otherTagsAndMissingTopicsAreNamed() {
        SubscriptionAgreement agreement =
                SubscriptionAgreement.of(List.of(member("a", "T x", "U *"), member("b", "T y")));
        assertThat(agreement.agreement()).isEqualTo(Agreement.DIFFER);
        assertThat(agreement.differences()).containsExactly("T: {x=[a], y=[b]}", "U: {(not subscribed)=[b], *=[a]}");
    }

    @Test
    void whoDoesNotAnswerLeavesItOpen() {
        assertThat(SubscriptionAgreement.of(List.of(member("a", "T x"), silent("b")))
                        .agreement())
                .isEqualTo(Agreement.UNKNOWN);
        assertThat(SubscriptionAgreement.of(List.of()).agreement()).isEqualTo(Agreement.UNKNOWN);
    }
}
