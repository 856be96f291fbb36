package isthmus.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTextTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "isthmus.yaml");

    private final ConfigurationReader reader = new ConfigurationReader(Map.of(), warning -> {});

    @TempDir
    Path directory;

    @Test
    void theExampleFileInTheRepositoryIsTheGeneratedOne() {
        assertThat(EXAMPLE)
                .as("out of date; write it with: ./isthmus config --example > docs/isthmus.yaml")
                .hasContent(ConfigurationText.example());
    }

    @Test
    void theExampleFileMeansTheDefaults() {
        assertThat(reader.read(EXAMPLE, List.of())).isEqualTo(Configuration.defaults());
    }

    @Test
    void theExampleWithEveryKeyInUseStillMeansTheDefaults() throws IOException {
        String everyKey = ConfigurationText.example().replaceAll("(?m)^( *)#(?=[a-zA-Z])", "$1");
        Path file = Files.writeString(directory.resolve("every-key.yaml"), everyKey);

        String effective = ConfigurationText.effective(reader.read(file, List.of()));

        assertThat(effective).isEqualTo(ConfigurationText.effective(Configuration.defaults()));
    }

    @Test
    void theEffectiveConfigurationCanBeUsedAsAFile() throws IOException {
        Configuration configuration = reader.read(List.of(
                "web.port=off",
                "data=/a dir/with \"quotes\"",
                "mqtt.tls={certificate: a.pem, key: b.pem}",
                "resources.topics=[One, Two]"));
        Path file = Files.writeString(directory.resolve("effective.yaml"), ConfigurationText.effective(configuration));

        assertThat(ConfigurationText.effective(reader.read(file, List.of())))
                .isEqualTo(ConfigurationText.effective(configuration));
        assertThat(reader.read(file, List.of()).data()).isEqualTo(configuration.data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "a\nb", "tab\tand bell\u0007", "back\\slash", "数据 😀", "~", "-", "# no comment"})
    void everyTextThatCanBeConfiguredIsWrittenSoThatItIsReadAgain(String text) throws IOException {
        Configuration configuration = reader.read(List.of("data=" + text, "mqtt.tcp.host=" + text));
        Path file = Files.writeString(directory.resolve("effective.yaml"), ConfigurationText.effective(configuration));

        assertThat(reader.read(file, List.of()).data()).hasToString(text);
        assertThat(reader.read(file, List.of()).mqtt().tcp().host()).isEqualTo(text);
    }

    @Test
    void eachKeyIsWrittenWithItsMeaningBoundsAndDefault() {
        assertThat(ConfigurationText.effective(reader.read(List.of("mqtt.limits.keepAliveMax=120"))))
                .contains(
                        """
                            # The longest Keep Alive in seconds; a Client that asks for more is held to this one. (1..65535; default:
                            # 65535)
                            keepAliveMax: 120
                        """);
    }
}
