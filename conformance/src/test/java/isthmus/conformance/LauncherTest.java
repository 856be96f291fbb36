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
        program("java", "#!/bin/sh", "echo \"java $*\"");
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
            assertThat(process.output())
                    .contains("java ", "isthmus.server.cli.Main run --data x")
                    .containsOnlyOnce("this is what was built before");
        }
    }

    @Test
    void whoMayNotBuildAndAsksForABuildIsToldWhoCan() throws IOException {
        Files.writeString(tree.resolve("server/target/isthmus.jar"), "");
        try (CapturedProcess process = launch("build")) {
            assertThat(process.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(process.output()).contains("has changed since it was built, and", "its owner builds it with");
        }
    }

    @Test
    void whatIsBuiltTakesThePlaceOfTheOldOneWhenItIsWhole() throws IOException {
        Files.writeString(tree.resolve("server/target/isthmus.jar"), "old");
        Files.createDirectories(tree.resolve("server/target/lib"));
        program(
                "mvn",
                "#!/bin/bash",
                "for arg; do case $arg in -Disthmus.assembly=*) new=${arg#*=} ;; esac; done",
                "[[ $new ]] || exit 0 # the question after the version",
                "cat server/target/isthmus.jar",
                "test -d server/target/lib || exit 1",
                "mkdir -p $new/lib; echo new > $new/isthmus.jar");
        program("javac", "#!/bin/sh");
        try (CapturedProcess process = start(List.of(tree.resolve("isthmus").toString(), "build"))) {
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThat(process.output()).contains("old", "Built.");
        }
        assertThat(tree.resolve("server/target/isthmus.jar")).hasContent("new");
        assertThat(tree.resolve("server/target")).isDirectoryNotContaining("glob:**{new,trial.*}");
    }

    private void program(String name, String... lines) throws IOException {
        Path program = Files.createDirectories(tree.resolve("java/bin")).resolve(name);
        Files.write(program, List.of(lines));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
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
        return start(command);
    }

    private CapturedProcess start(List<String> command) {
        Path java = tree.resolve("java");
        String path = java.resolve("bin") + ":" + System.getenv("PATH");
        return CapturedProcess.start(tree, Map.of("JAVA_HOME", java.toString(), "PATH", path), command);
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
