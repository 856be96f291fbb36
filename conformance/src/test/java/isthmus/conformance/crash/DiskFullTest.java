package isthmus.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a small file system in memory, which only root can mount. */
class DiskFullTest {
    private Path directory;
    private Path disk;
    private boolean passed;

    @BeforeEach
    void mount() throws Exception {
        directory = Files.createTempDirectory("isthmus-full");
        disk = Files.createDirectory(directory.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", disk.toString());
        assumeTrue(mounted, "skipped: a file system in memory can be mounted by root only");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
        if (passed) {
            CrashRun.delete(directory);
        }
    }

    @Test
    void aFullDiskIsSaidAndNothingIsAcknowledgedAndNothingLostAndItEndsByItself() throws Exception {
        Verdict verdict = CrashRun.run(new FullDisk(disk), 1, directory, disk.resolve("data"), System.out::println);
        System.out.println(verdict);
        assertThat(verdict.isPass()).as(verdict.toString()).isTrue();
        passed = true;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
