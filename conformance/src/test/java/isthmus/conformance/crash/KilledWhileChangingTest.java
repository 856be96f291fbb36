package isthmus.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed while an operator changes topics, groups, policies and accounts. At the next start there is what was
 * answered, and of the last change, which was not, all or nothing; RocketMQ has the same topics and groups.
 */
class KilledWhileChangingTest {
    private static final String MINE = "Kill-";
    private static final String DOCUMENT =
            "{'Version':'1','Statement':[{'Effect':'Allow','Action':'mq:PUB'," + "'Resource':'acs:mq:*:*:Open'}]}";

    @TempDir
    Path directory;

    private final Random random = new Random();
    /** Of everything that was asked for so far. */
    private final Set<String> names = new TreeSet<>();
    /** What there was before the change that was asked for last, and what there is when it has been made. */
    private Set<String> before = new TreeSet<>();

    private Set<String> after = new TreeSet<>();

    @Test
    void whatWasAnsweredIsThereAfterAKillAndNothingIsThereByHalf() throws Exception {
        try (TestServer server = start()) {
            killWhileChanging(server);
        }
        try (TestServer server = start()) {
            check(new Management(server));
        }
    }

    private TestServer start() {
        return TestServer.startWithSettings(directory.resolve("data"), ServerCommand.SHORT_LIVED);
    }

    private void killWhileChanging(TestServer server) throws Exception {
        CountDownLatch enough = new CountDownLatch(20 + random.nextInt(100));
        CompletableFuture<Void> operator =
                CompletableFuture.runAsync(() -> changeUntilKilled(new Management(server), enough));
        while (!enough.await(10, TimeUnit.MILLISECONDS)) {
            assertThat(operator).isNotDone();
        }
        server.process().close();
        operator.get(30, TimeUnit.SECONDS);
    }

    private void changeUntilKilled(Management management, CountDownLatch enough) {
        try {
            for (int i = 0; ; i++) {
                make(management, MINE + i, enough);
                if (i > 1) {
                    delete(management, MINE + (i - 2), enough);
                }
            }
        } catch (UncheckedIOException killed) {
            return;
        }
    }

    private void make(Management management, String name, CountDownLatch enough) {
        names.add(name);
        Change change = (path, body, effect) -> change(management, "POST", path, body, effect, enough);
        change.ask("/topics", "{'name':'" + name + "'}", there -> there.add("topic " + name));
        change.ask("/groups", "{'name':'" + name + "','kind':'consumer'}", there -> there.add("group " + name));
        change.ask(
                "/policies",
                "{'name':'" + name + "','document':" + DOCUMENT + "}",
                there -> there.add("policy " + name));
        change.ask(
                "/accounts",
                "{'name':'" + name + "','policies':['" + name + "']}",
                there -> there.add(account(name, 1)));
        change.ask("/accounts/" + name + "/keys", "", there -> {
            there.remove(account(name, 1));
            there.add(account(name, 2));
        });
        change.ask(
                "/device-credentials",
                "{'account':'" + name + "','clientId':'GID_Open@@@" + name + "'}",
                there -> there.add("credential of " + name));
    }

    private void delete(Management management, String name, CountDownLatch enough) {
        Change change = (path, body, effect) -> change(management, "DELETE", path + name, body, effect, enough);
        change.ask("/accounts/", "", there -> there.removeAll(List.of(account(name, 2), "credential of " + name)));
        change.ask("/policies/", "", there -> there.remove("policy " + name));
        change.ask("/groups/", "", there -> there.remove("group " + name));
        change.ask("/topics/", "", there -> there.remove("topic " + name));
    }

    private interface Change {
        void ask(String path, String body, Consumer<Set<String>> effect);
    }

    private void change(
            Management management,
            String method,
            String path,
            String body,
            Consumer<Set<String>> effect,
            CountDownLatch enough) {
        before = after;
        after = new TreeSet<>(before);
        effect.accept(after);
        management.write(method, path, body.replace('\'', '"'));
        enough.countDown();
    }

    private static String account(String name, int keys) {
        return "account " + name + " with policy " + name + " and " + keys + " keys";
    }

    private void check(Management management) {
        Set<String> there = stored(management);
        assertThat(there).isIn(before, after);
        assertThat(inRocketMq(management))
                .containsExactlyElementsOf(there.stream()
                        .filter(each -> each.startsWith("topic ") || each.startsWith("group "))
                        .toList());
    }

    private Set<String> stored(Management management) {
        Set<String> there = new TreeSet<>();
        for (String kind : List.of("topic", "group")) {
            mine(management, "/" + kind + "s", item -> there.add(kind + " " + name(item)));
        }
        mine(management, "/policies", item -> there.add("policy " + name(item)));
        mine(management, "/accounts", item -> {
            assertThat(item.at("/policies/0").asText()).isEqualTo(name(item));
            there.add(account(name(item), item.get("keys").size()));
        });
        for (String name : names) {
            management
                    .get("/device-credentials?account=" + name)
                    .get("items")
                    .forEach(item -> there.add("credential of " + name));
        }
        return there;
    }

    private Set<String> inRocketMq(Management management) {
        Set<String> there = new TreeSet<>();
        mine(
                management,
                "/queue/groups",
                item -> there.add("group " + item.get("group").asText()));
        for (String name : names) {
            if (management.call("GET", "/queue/topics/" + name + "/span", "").statusCode() == 200) {
                there.add("topic " + name);
            }
        }
        return there;
    }

    private static void mine(Management management, String path, Consumer<JsonNode> item) {
        for (JsonNode each : management.get(path + "?limit=1000").get("items")) {
            if (each.path("name").asText(each.path("group").asText()).startsWith(MINE)) {
                item.accept(each);
            }
        }
    }

    private static String name(JsonNode item) {
        return item.get("name").asText();
    }
}
