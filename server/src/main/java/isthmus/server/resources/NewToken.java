package isthmus.server.resources;

/** A token that was just made. This is the only time that its text is shown. */
public record NewToken(String text, IssuedToken token) {
    /** Without the text. */
    @Override
    public String toString() {
        return "NewToken[" + token + "]";
    }
}
