package isthmus.server.api;

/**
 * An answer that is not JSON, such as a table to download.
 *
 * @param mediaType with its character set, such as {@code text/csv; charset=utf-8}
 */
public record Text(String mediaType, String content) {
    /** Not the content, which may be long and may be somebody's. */
    @Override
    public String toString() {
        return "Text[" + mediaType + ", " + content.length() + " characters]";
    }
}
