package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.CapturedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code isthmus} in a tree that its user may not write to, as that of a service, with a Java that only says how
 * it was called.
 */
class LauncherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path tree;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(Path.of("..", "isthmus"), tree.resolve("isthmus"));
        Files.createDirectories(tree.resolve("server/target"));
        Path java = Files.createDirectories(tree.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"java $*\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(tree.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @AfterEach
    void allow() throws IOException {
        permit("rwxr-xr-x");
    }

    @Test
    void whoMayNotBuildRunsWhatIsBuilt() throws IOException {
        Files.writeString(tree.resolve("server/target/isthmus.jar"), "");
        try (CapturedProcess process = launch("run", "--data", "x")) {
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThat(process.output()).contains("java ", "isthmus.server.cli.Main run --data x");
        }
    }

    @Test
    void whoMayNotBuildAndFindsNothingBuiltIsToldWhoCan() throws IOException {
        try (CapturedProcess process = launch("run")) {
            assertThat(process.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(process.output())
                    .contains("is not built, and", "may not write there; its owner builds it with", "/isthmus build");
        }
    }

    private CapturedProcess launch(String... arguments) throws IOException {
        permit("r-xr-xr-x");
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) { // who may write everywhere
            command.addAll(List.of("setpriv", "--reuid=65534", "--clear-groups"));
        }
        command.add(tree.resolve("isthmus").toString());
        command.addAll(List.of(arguments));
        return CapturedProcess.start(
                tree, Map.of("JAVA_HOME", tree.resolve("java").toString()), command);
    }

    private void permit(String permissions) throws IOException {
        List<Path> directories;
        try (Stream<Path> all = Files.walk(tree)) {
            directories = all.filter(Files::isDirectory).toList();
        }
        for (Path directory : directories) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
        }
    }
}
