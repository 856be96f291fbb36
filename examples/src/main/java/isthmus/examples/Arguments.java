package isthmus.examples;

/** What stands behind the name of a program. */
final class Arguments {
    private Arguments() {}

    static String text(String[] args, int index, String unset) {
        return index < args.length ? args[index] : unset;
    }

    static int number(String[] args, int index, int unset) {
        try {
            return Integer.parseInt(text(args, index, Integer.toString(unset)));
        } catch (NumberFormatException e) {
            throw Settings.stop("Argument " + (index + 1) + " is " + args[index] + " (expected: a number)");
        }
    }
}
