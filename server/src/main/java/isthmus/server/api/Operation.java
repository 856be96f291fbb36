package isthmus.server.api;

import java.util.Locale;

/**
 * What can be asked for, as a value: from these the requests are dispatched, the OpenAPI document is written, and the
 * commands of {@code isthmus ctl} are made.
 *
 * @param path below {@code /api/v1}, with variables in braces: {@code /clients/{clientId}}
 * @param command the words behind {@code isthmus ctl}, such as {@code clients show}
 * @param summary one sentence
 * @param parameters its components are the variables of the path and the query parameters
 * @param answer the record that is answered; an item of it when {@code form} is a page or a stream
 */
@SuppressWarnings("UnusedTypeParameter") // what its handler answers
public record Operation<P extends Record, B extends Record, A>(
        Verb verb,
        String path,
        String command,
        String summary,
        Role role,
        Class<P> parameters,
        Class<B> body,
        Form form,
        Class<?> answer) {

    /** How an answer is sent. */
    public enum Form {
        RECORD,
        PAGE,
        NOTHING,
        TEXT,
        STREAM
    }

    /** The name in the OpenAPI document and in the audit log: {@code clientsShow}. */
    public String id() {
        StringBuilder id = new StringBuilder();
        for (String word : command.split("[ -]", -1)) {
            id.append(id.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return id.toString();
    }

    public static Draft<None, None> get(String path, String command, String summary) {
        return new Draft<>(Verb.GET, path, command, summary, Role.READ, None.class, None.class);
    }

    public static Draft<None, None> put(String path, String command, String summary) {
        return new Draft<>(Verb.PUT, path, command, summary, Role.OPERATE, None.class, None.class);
    }

    public static Draft<None, None> post(String path, String command, String summary) {
        return new Draft<>(Verb.POST, path, command, summary, Role.OPERATE, None.class, None.class);
    }

    public static Draft<None, None> delete(String path, String command, String summary) {
        return new Draft<>(Verb.DELETE, path, command, summary, Role.OPERATE, None.class, None.class);
    }

    /** An operation before it is said what it answers. */
    public record Draft<P extends Record, B extends Record>(
            Verb verb, String path, String command, String summary, Role role, Class<P> parameters, Class<B> body) {
        /** Another role than read for GET and operate for everything else. */
        public Draft<P, B> role(Role needed) {
            return new Draft<>(verb, path, command, summary, needed, parameters, body);
        }

        public <Q extends Record> Draft<Q, B> parameters(Class<Q> type) {
            return new Draft<>(verb, path, command, summary, role, type, body);
        }

        public <C extends Record> Draft<P, C> body(Class<C> type) {
            return new Draft<>(verb, path, command, summary, role, parameters, type);
        }

        public <A extends Record> Operation<P, B, A> answers(Class<A> type) {
            return as(Form.RECORD, type);
        }

        public <T extends Record> Operation<P, B, Page<T>> answersPageOf(Class<T> item) {
            return as(Form.PAGE, item);
        }

        public Operation<P, B, None> answersNothing() {
            return as(Form.NOTHING, None.class);
        }

        public Operation<P, B, Text> answersText() {
            return as(Form.TEXT, Text.class);
        }

        /** @param event the record that each event carries */
        public <T extends Record> Operation<P, B, EventSource> streams(Class<T> event) {
            return as(Form.STREAM, event);
        }

        private <A> Operation<P, B, A> as(Form form, Class<?> answer) {
            return new Operation<>(verb, path, command, summary, role, parameters, body, form, answer);
        }
    }
}
