package isthmus.conformance.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** System calls of all threads of a process in the order in which they began and ended, read from what strace wrote. */
final class SystemCalls {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern SUCCESS = Pattern.compile("\\) += 0\\b");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    /**
     * One call.
     *
     * @param begun the line in which it begins
     * @param ended the line in which it ends; after all lines if it does not
     * @param text arguments and result; a byte that strace wrote as {@code \x41} is the character U+0041 here
     */
    record Call(int begun, int ended, String name, String text) {
        boolean isReceiving(String packet) {
            return List.of("read", "readv", "recvfrom", "recvmsg").contains(name) && isOfSocketWith(packet);
        }

        boolean isSending(String packet) {
            return List.of("write", "writev", "sendto", "sendmsg").contains(name) && isOfSocketWith(packet);
        }

        private boolean isOfSocketWith(String packet) {
            return text.contains("<TCP") && text.contains(packet);
        }

        boolean isWaitingForDisk() {
            return List.of("msync", "fsync", "fdatasync").contains(name);
        }

        boolean isSuccessful() {
            return SUCCESS.matcher(text).find();
        }
    }

    private final List<Call> calls = new ArrayList<>();

    SystemCalls(List<String> lines) {
        Map<String, Call> unfinished = new HashMap<>();
        for (int number = 0; number < lines.size(); number++) {
            Matcher line = LINE.matcher(lines.get(number));
            if (!line.matches()) {
                throw new IllegalArgumentException("not a line of strace -f: " + lines.get(number));
            }
            String thread = line.group(1);
            Matcher begun = CALL.matcher(line.group(2));
            Matcher resumed = RESUMED.matcher(line.group(2));
            if (begun.matches() && line.group(2).endsWith(UNFINISHED)) {
                String rest = begun.group(2).substring(0, begun.group(2).length() - UNFINISHED.length());
                unfinished.put(thread, new Call(number, lines.size(), begun.group(1), rest));
            } else if (begun.matches()) {
                calls.add(new Call(number, number, begun.group(1), decoded(begun.group(2))));
            } else if (resumed.matches() && unfinished.containsKey(thread)) {
                Call call = unfinished.remove(thread);
                calls.add(new Call(call.begun, number, call.name, decoded(call.text + resumed.group(2))));
            }
        }
        unfinished.values().forEach(call -> calls.add(new Call(call.begun, call.ended, call.name, decoded(call.text))));
    }

    private static String decoded(String text) {
        return BYTE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(String.valueOf((char) HexFormat.fromHexDigits(found.group(1)))));
    }

    /** The bytes as they are in {@link Call#text}. */
    static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether some wait for the disk began after the process had received the one packet, and was over, successfully, before
     * it began to send the other.
     *
     * @throws AssertionError when one of the packets is not among the calls
     */
    boolean areWaitingForDiskBetween(String received, String sent, Predicate<Call> disk) {
        Call receiving = first(call -> call.isReceiving(received), 0, "receives " + received);
        Call sending = first(call -> call.isSending(sent), receiving.ended, "sends " + sent);
        return calls.stream()
                .anyMatch(call -> call.isWaitingForDisk()
                        && call.isSuccessful()
                        && disk.test(call)
                        && call.begun > receiving.ended
                        && call.ended < sending.begun);
    }

    private Call first(Predicate<Call> which, int behind, String what) {
        return calls.stream()
                .filter(call -> call.begun >= behind && which.test(call))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no system call " + what));
    }
}
