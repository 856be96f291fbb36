package isthmus.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a person writes is a configuration, or sentences say what is wrong with it and where; and the configuration
 * in effect, written down, means the same.
 */
class ConfigurationFuzzTest {
    private static final String OPTION = "--set ";

    private final ConfigurationReader reader = new ConfigurationReader(Map.of(), warning -> {});

    /** The text of a file; lines that begin with {@code --set} are options instead. */
    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(
                        Files.readString(Path.of("..", "docs", "isthmus.yaml")).replaceAll("(?m)^ *#? .*\n", ""),
                        "mqtt:\n  tcp: {port: 0}\n  ws:\n    port: off\n    path: /a\n--set mqtt.tcp.port=1",
                        "resources:\n  accounts: [{accessKey: a, secretKey: b, publish: [\"*\"]}]\n  topics: [T]\n  groups: [GID_abc]",
                        "data: &a /x\nweb: {host: *a}\n--set resources.topics=[a, b]",
                        "--set data=a b\n--set queue.embedded.brokerHost=\n--set web.port=off\n--set web={port: 1}",
                        "mqtt: [1]\nport: 5\n? [a]\n: b",
                        "data: \"a\\nb\"\nweb: {host: \"\\u0007\"}",
                        "data: !!binary aGk=\nqueue: &q {x: *q}",
                        "---\na: b\n---\nc: d\n...\n%YAML 1.2")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aTextIsAConfigurationOrSentencesSayWhyNot(byte[] input) {
        List<String> overrides = new ArrayList<>();
        StringBuilder file = new StringBuilder();
        for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith(OPTION)) {
                overrides.add(line.substring(OPTION.length()));
            } else {
                file.append(line).append('\n');
            }
        }
        Configuration configuration;
        try {
            configuration = reader.read("isthmus.yaml", file.toString(), overrides);
        } catch (ConfigurationException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception", "java.", "org.");
            assertThat(e.getMessage()).matches("(?s)(isthmus\\.yaml|--set|defaults).*: .*");
            return;
        }
        String effective = ConfigurationText.effective(configuration);
        Configuration again = reader.read("effective.yaml", effective, List.of());
        assertThat(ConfigurationText.effective(again)).isEqualTo(effective);
        assertThat(again.data()).isEqualTo(configuration.data());
        assertThat(again.mqtt().tcp().host())
                .isEqualTo(configuration.mqtt().tcp().host());
        assertThat(again.mqtt().ws().path()).isEqualTo(configuration.mqtt().ws().path());
        assertThat(again.resources().topics())
                .containsExactlyInAnyOrderElementsOf(configuration.resources().topics());
    }
}
