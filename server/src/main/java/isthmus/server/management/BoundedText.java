package isthmus.server.management;

import java.io.IOException;

/** A text that is answered as a whole, and so may not grow without bound. Used by one thread. */
final class BoundedText implements Appendable {
    static final int MAX_CHARACTERS = 16 << 20;

    private final StringBuilder text = new StringBuilder();

    @Override
    public Appendable append(CharSequence more) throws IOException {
        return append(more, 0, more.length());
    }

    @Override
    public Appendable append(CharSequence more, int start, int end) throws IOException {
        if (text.length() + (end - start) > MAX_CHARACTERS) {
            throw new IOException("more than " + (MAX_CHARACTERS >> 20) + " MiB");
        }
        text.append(more, start, end);
        return this;
    }

    @Override
    public Appendable append(char more) throws IOException {
        return append(String.valueOf(more));
    }

    String text() {
        return text.toString();
    }
}
