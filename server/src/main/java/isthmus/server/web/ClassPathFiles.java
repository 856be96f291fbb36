package isthmus.server.web;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, and below {@code /webjars/} those of its libraries, read from the class path. Only files of
 * known types and with harmless names are found: no directory, and nothing else that is on the class path.
 */
final class ClassPathFiles {
    private static final String LIBRARIES = "/webjars/";
    /** Names of letters, digits, {@code - _ . @}, none of which begins with a dot. */
    private static final Pattern HARMLESS = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)+");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("woff2", "font/woff2"));

    private final String pages;

    ClassPathFiles(String pages) {
        this.pages = pages;
    }

    /** The file at the path of a URL (decoded), or the answer that there is none. */
    Answer find(String path) throws IOException {
        String name = path.endsWith("/") ? path + "index.html" : path;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !HARMLESS.matcher(name).matches()) {
            return Answer.notFound();
        }
        boolean library = name.startsWith(LIBRARIES);
        byte[] content = read(library ? "/META-INF/resources" + name : pages + name);
        return content == null ? Answer.notFound() : Answer.file(type, content, library);
    }

    private static byte @Nullable [] read(String resource) throws IOException {
        URL url = ClassPathFiles.class.getResource(resource);
        if (url == null) {
            return null;
        }
        URLConnection connection = url.openConnection();
        // A directory may have a name like a file, and reading it would list it.
        boolean directory = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().isDirectory()
                : new File(url.getPath()).isDirectory();
        if (directory) {
            return null;
        }
        try (InputStream stream = connection.getInputStream()) {
            return stream.readAllBytes();
        }
    }
}
