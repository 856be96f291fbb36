package isthmus.server.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import isthmus.gateway.spi.Rights;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which policies give which rights. */
class AccountRightsTest {
    private static final String CLIENT = "GID_Cars@@@car1";
    private static final List<AccountRights.Parent> TOPICS = Stream.of("Orders", "OrdersOld", "News")
            .map(name -> new AccountRights.Parent(name, true, true))
            .toList();

    @ParameterizedTest(name = "{0} : {1}")
    @CsvSource({
        "Allow PUB Orders,                        pub Orders/x,            yes",
        "Allow PUB Orders,                        pub Orders,              yes",
        "Allow PUB Orders,                        pub News/x,              no",
        "Allow PUB Orders,                        pub OrdersOld/x,         no",
        "Allow PUB Orders,                        sub Orders/x,            no",
        "Allow SUB Orders,                        sub Orders/#,            yes",
        "Allow SUB Orders,                        sub Orders,              yes",
        "Allow * Orders,                          pub Orders/x,            yes",
        "Allow * Orders,                          get Orders/x,            yes",
        "Allow PUB Orders*,                       pub OrdersOld/x,         yes",
        "Allow PUB *,                             pub News/x,              yes",
        "Allow PUB *,                             pub Unknown/x,           no",
        "Allow PUB * + Deny PUB News,             pub News/x,              no",
        "Allow PUB * + Deny PUB News,             pub Orders/x,            yes",
        "Deny PUB News + Allow PUB *,             pub News/x,              no",
        "Allow PUB * + Deny SUB News,             pub News/x,              yes",
        "Deny SUB News,                           sub News/x,              no",
        "Allow PUB Orders/a/#,                    pub Orders/a/b,          yes",
        "Allow PUB Orders/a/#,                    pub Orders/a,            yes",
        "Allow PUB Orders/a/*,                    pub Orders/a/b/c,        yes",
        "Allow PUB Orders/a/#,                    pub Orders/ab,           no",
        "Allow PUB Orders/a/#,                    pub Orders,              no",
        "Allow PUB Orders/+/x,                    pub Orders/a/x,          yes",
        "Allow PUB Orders/+/x,                    pub Orders/a/b/x,        no",
        "Allow PUB Orders/+,                      pub Orders/,             yes",
        "Allow PUB Orders/#,                      pub Orders/a,            yes",
        "Allow SUB Orders/a/#,                    sub Orders/a/b,          yes",
        "Allow SUB Orders/a/#,                    sub Orders/a/#,          yes",
        "Allow SUB Orders/a/#,                    sub Orders/a/+/x,        yes",
        "Allow SUB Orders/a/#,                    sub Orders/#,            no",
        "Allow SUB Orders/a/#,                    sub Orders/+/b,          no",
        "Allow SUB Orders/a/+,                    sub Orders/a/#,          no",
        "Allow SUB Orders/a/+,                    sub Orders/a/+,          yes",
        "Allow SUB Orders + Deny SUB Orders/a/#,  sub Orders/a/b,          no",
        "Allow SUB Orders + Deny SUB Orders/a/#,  sub Orders/#,            yes",
        "Allow SUB Orders + Deny SUB Orders/a/#,  get Orders/a/b,          no",
        "Allow SUB Orders + Deny SUB Orders/a/#,  get Orders/b,            yes",
        "Allow PUB Orders/${deviceId}/#,          pub Orders/car1/x,       yes",
        "Allow PUB Orders/${deviceId}/#,          pub Orders/car2/x,       no",
        "Allow PUB Orders/${groupId}/x,           pub Orders/GID_Cars/x,   yes",
        "Allow PUB Orders/${clientId},            pub Orders/GID_Cars@@@car1, yes",
        "Allow PUB Orders/to-${deviceId}-x/y,     pub Orders/to-car1-x/y,  yes",
        "Allow PUB Orders/to-${deviceId}-x/y,     pub Orders/to-car2-x/y,  no",
        "Allow SUB Orders/${deviceId}/#,          sub Orders/car1/#,       yes",
        "Allow SUB Orders/${deviceId}/#,          sub Orders/+/#,          no",
        "Allow PUB Orders + Deny PUB Orders/${deviceId}/#, pub Orders/car1/x, no",
        "Allow PUB Orders + Deny PUB Orders/${deviceId}/#, pub Orders/car2/x, yes",
    })
    void policiesGiveRights(String policies, String wish, String expected) {
        assertThat(isGranted(rights(policies).of(CLIENT), wish)).isEqualTo(expected.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource({
        "GID_Cars@@@a/b, pub Orders/a/b/x",
        "GID_Cars@@@+,   pub Orders/other/x",
        "GID_Cars@@@#,   pub Orders/other/x",
        "GID_Cars@@@+,   pub Orders/+/x",
        "free,           pub Orders/free/x",
        "free,           pub Orders//x",
    })
    void anIdentifierThatIsNoLevelGainsNothingAndEscapesNothing(String clientId, String wish) {
        assertThat(isGranted(rights("Allow PUB Orders/${deviceId}/#").of(clientId), wish))
                .isFalse();
        assertThat(isGranted(
                        rights("Allow PUB * + Deny PUB Orders/${deviceId}/#").of(clientId), wish))
                .isFalse();
    }

    @Test
    void whatIsGrantedDirectlyIsAllowedUnlessAPolicyDeniesIt() {
        Grant grant = new Grant(Set.of("Orders"), Set.of("*"), Set.of("GID_Cars"));
        AccountRights account = new AccountRights(grant, policies("Deny SUB News"), TOPICS);
        Rights rights = account.of(CLIENT);

        assertThat(rights.mayPublish("Orders/x")).isTrue();
        assertThat(rights.mayPublish("News/x")).isFalse();
        assertThat(rights.maySubscribe("Orders/x")).isTrue();
        assertThat(rights.maySubscribe("News/x")).isFalse();
        assertThat(rights.mayUse("GID_Cars")).isTrue();
        assertThat(rights.mayUse("GID_Others")).isFalse();
        assertThat(rights.mayUseAllGroups()).isFalse();
        assertThat(account.wholeTopics(Action.PUB)).containsExactly("Orders");
        assertThat(account.wholeTopics(Action.SUB)).containsExactly("Orders", "OrdersOld");
    }

    @Test
    void aTopicThatNobodyMayWriteOrReadIsNotGrantedToAnybody() {
        List<AccountRights.Parent> topics =
                List.of(new AccountRights.Parent("Orders", false, true), new AccountRights.Parent("News", true, false));
        AccountRights account = new AccountRights(Grant.all(), List.of(), topics);

        assertThat(account.of(CLIENT).mayPublish("Orders/x")).isFalse();
        assertThat(account.of(CLIENT).mayReceive("Orders/x")).isTrue();
        assertThat(account.of(CLIENT).mayPublish("News/x")).isTrue();
        assertThat(account.of(CLIENT).maySubscribe("News/x")).isFalse();
        assertThat(account.wholeTopics(Action.PUB)).containsExactly("News");
    }

    @Test
    void theSystemPoliciesGiveEverythingOrOneHalfOfIt() {
        for (Policy policy : SystemPolicies.all()) {
            AccountRights account = new AccountRights(Grant.none(), List.of(policy), TOPICS);
            boolean pub = !policy.name().contains("SubOnly");
            boolean sub = !policy.name().contains("PubOnly");
            assertThat(account.of(CLIENT).mayPublish("News/x")).isEqualTo(pub);
            assertThat(account.of(CLIENT).maySubscribe("News/#")).isEqualTo(sub);
            assertThat(account.wholeTopics(Action.PUB)).isEqualTo(pub ? Set.of("*") : Set.of());
            assertThat(account.wholeTopics(Action.SUB)).isEqualTo(sub ? Set.of("*") : Set.of());
        }
    }

    @Test
    void aPartOfATopicIsNothingToARocketMqClient() {
        assertThat(rights("Allow * Orders/a/#").wholeTopics(Action.PUB)).isEmpty();
        assertThat(rights("Allow * Orders + Deny PUB Orders/a").wholeTopics(Action.PUB))
                .isEmpty();
        assertThat(rights("Allow * Orders + Deny PUB Orders/a").wholeTopics(Action.SUB))
                .containsExactly("Orders");
        assertThat(rights("Allow * * + Deny PUB News").wholeTopics(Action.PUB)).containsExactly("Orders", "OrdersOld");
    }

    @Test
    void askingAllocatesNothing() {
        Rights plain = rights("Allow * Orders").of(CLIENT);
        Rights patterned = rights("Allow * Orders/${deviceId}/#").of(CLIENT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                if (!plain.mayPublish("Orders/x/y")
                        || plain.mayReceive("News/x")
                        || !patterned.mayPublish("Orders/car1/x")) {
                    throw new AssertionError();
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for 30,000 questions").isLessThan(10_000);
    }

    private static boolean isGranted(Rights rights, String wish) {
        String topic = wish.substring(4);
        return switch (wish.substring(0, 3)) {
            case "pub" -> rights.mayPublish(topic);
            case "sub" -> rights.maySubscribe(topic);
            default -> rights.mayReceive(topic);
        };
    }

    private static AccountRights rights(String policies) {
        return new AccountRights(Grant.none(), policies(policies), TOPICS);
    }

    /** {@code Allow PUB Orders + Deny SUB News}: a policy for each. */
    private static List<Policy> policies(String shorthand) {
        List<Policy> policies = new ArrayList<>();
        for (String each : shorthand.split(" \\+ ")) {
            String[] words = each.split(" ");
            policies.add(new PolicyReader()
                    .read(
                            "P",
                            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"" + words[0] + "\",\"Action\":\"mq:"
                                    + words[1] + "\",\"Resource\":\"acs:mq:*:*:" + words[2] + "\"}]}"));
        }
        return policies;
    }
}
