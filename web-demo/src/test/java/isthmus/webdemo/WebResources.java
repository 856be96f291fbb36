package isthmus.webdemo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of the page as the tests read them: the page's own from the source tree, everything else from the class path. */
final class WebResources {

    private static final Path WEB = Path.of("src/main/resources/web");

    private WebResources() {}

    static String text(String path) {
        try {
            return Files.readString(WEB.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths of all files with this extension, relative to the root of the page. */
    static List<String> withExtension(String extension) {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .map(file -> WEB.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean exists(String path) {
        return Files.isRegularFile(WEB.resolve(path));
    }

    /** A file of a webjar by the address that the browser asks for, such as {@code /webjars/name/version/file.js}. */
    static String webjar(String address) {
        String resource = "/META-INF/resources" + address;
        try (InputStream in = Objects.requireNonNull(
                WebResources.class.getResourceAsStream(resource),
                () -> address + " is in no webjar on the class path: compare the version in index.html with pom.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
