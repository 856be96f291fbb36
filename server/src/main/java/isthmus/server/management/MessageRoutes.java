package isthmus.server.management;

import isthmus.bridge.TracedUplink;
import isthmus.gateway.Administration;
import isthmus.gateway.auth.PasswordSignature;
import isthmus.gateway.codec.TopicSyntax;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.topics.TopicNames;
import isthmus.queue.api.TraceContext;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.operations.MessageOperations;
import isthmus.server.operations.MessageOperations.Encoding;
import isthmus.server.operations.MessageOperations.OneTopic;
import isthmus.server.operations.MessageOperations.Publication;
import isthmus.server.operations.MessageOperations.Published;
import isthmus.server.operations.MessageOperations.RetainedMessage;
import isthmus.server.operations.MessageOperations.RetainedSearch;
import isthmus.server.operations.MessageOperations.RetainedSummary;
import isthmus.server.operations.MessageOperations.Signature;
import isthmus.server.operations.MessageOperations.SignatureRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Retained messages, publishing, and the password of devices. */
public final class MessageRoutes {
    /** Who published, as server applications see it. */
    private static final String CLIENT_ID = "isthmus-api";

    private final Administration gateway;
    private final TracedUplink uplink;
    private final Directory directory;
    private final TopicSyntax syntax;
    private final int mostBytes;

    /** @param mostBytes of a payload */
    public MessageRoutes(
            Administration gateway, TracedUplink uplink, Directory directory, TopicSyntax syntax, int mostBytes) {
        this.gateway = gateway;
        this.uplink = uplink;
        this.directory = directory;
        this.syntax = syntax;
        this.mostBytes = mostBytes;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(MessageOperations.RETAINED, this::retained),
                Route.of(MessageOperations.RETAINED_MESSAGE, this::retainedMessage),
                Route.of(MessageOperations.DELETE_RETAINED, this::deleteRetained),
                Route.of(MessageOperations.PUBLISH, this::publish),
                Route.of(MessageOperations.SIGN, this::sign));
    }

    private Page<RetainedSummary> retained(Call<RetainedSearch, None> call) {
        RetainedSearch search = call.parameters();
        String objection = syntax.violationInFilter(search.filter());
        if (objection != null) {
            throw Problem.invalid("filter", objection);
        }
        List<RetainedSummary> found =
                gateway.retained(search.filter(), Page.key(search.cursor()), search.limit() + 1).stream()
                        .map(message -> new RetainedSummary(
                                message.topic(),
                                message.qos().level(),
                                message.payload().length()))
                        .toList();
        return Page.of(found, search.limit(), RetainedSummary::topic);
    }

    private RetainedMessage retainedMessage(Call<OneTopic, None> call) {
        LoggedMessage message = find(call.parameters().topic());
        byte[] payload = message.payload().array();
        String text = PlainText.of(payload);
        return new RetainedMessage(
                message.topic(),
                message.qos().level(),
                payload.length,
                text == null ? Encoding.BASE64 : Encoding.TEXT,
                text == null ? Base64.getEncoder().encodeToString(payload) : text);
    }

    private LoggedMessage find(String topic) {
        requireName(topic);
        return gateway.retained(topic, "", 1).stream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("topic " + topic + " has no retained message"));
    }

    private None deleteRetained(Call<OneTopic, None> call) {
        LoggedMessage message = find(call.parameters().topic());
        store(
                new PublishedMessage(CLIENT_ID, true, message.topic(), Payload.empty(), QoS.AT_LEAST_ONCE, true),
                call.trace());
        return None.NONE;
    }

    private Published publish(Call<None, Publication> call) {
        Publication wanted = call.body();
        requireName(wanted.topic());
        String parent = TopicNames.parentOf(wanted.topic());
        if (!directory.hasParentTopic(parent)) {
            throw Problem.invalid("topic", "its first level, " + parent + ", is not a parent topic that exists");
        }
        Payload payload = payload(wanted);
        store(
                new PublishedMessage(CLIENT_ID, true, wanted.topic(), payload, QoS.of(wanted.qos()), wanted.retain()),
                call.trace());
        return new Published(wanted.topic(), payload.length());
    }

    private Payload payload(Publication wanted) {
        String text = wanted.payload() == null ? "" : wanted.payload();
        Payload payload;
        try {
            payload = Payload.wrap(
                    wanted.encoding() == Encoding.BASE64
                            ? Base64.getDecoder().decode(text)
                            : text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("payload", "not Base64");
        }
        if (payload.length() > mostBytes) {
            throw Problem.invalid("payload", payload.length() + " bytes (expected: at most " + mostBytes + ")");
        }
        return payload;
    }

    private void store(PublishedMessage message, @Nullable TraceContext trace) {
        Answers.await(uplink.publish(message, trace).thenApply(stored -> true));
    }

    private void requireName(String topic) {
        String objection = syntax.violationInName(topic);
        if (objection != null) {
            throw Problem.invalid("topic", objection);
        }
    }

    private Signature sign(Call<None, SignatureRequest> call) {
        return new Signature(
                PasswordSignature.of(call.body().text(), call.body().secretKey()));
    }
}
