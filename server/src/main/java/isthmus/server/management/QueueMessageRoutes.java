package isthmus.server.management;

import static isthmus.server.management.QueueRefusals.told;

import isthmus.queue.api.Appended;
import isthmus.queue.api.Body;
import isthmus.queue.api.admin.MessageTrace;
import isthmus.queue.api.admin.MessageTrace.Outcome;
import isthmus.queue.api.admin.Messages;
import isthmus.queue.api.admin.StoredMessage;
import isthmus.queue.api.admin.TestMessage;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.operations.QueueMessageOperations;
import isthmus.server.operations.QueueMessageOperations.Delivery;
import isthmus.server.operations.QueueMessageOperations.MessageBody;
import isthmus.server.operations.QueueMessageOperations.MessageDetail;
import isthmus.server.operations.QueueMessageOperations.MessageLine;
import isthmus.server.operations.QueueMessageOperations.MessageName;
import isthmus.server.operations.QueueMessageOperations.MessagePlace;
import isthmus.server.operations.QueueMessageOperations.MessageSearch;
import isthmus.server.operations.QueueMessageOperations.NewMessage;
import isthmus.server.operations.QueueMessageOperations.Received;
import isthmus.server.operations.QueueMessageOperations.Sent;
import isthmus.server.operations.QueueMessageOperations.SentMessage;
import isthmus.server.operations.QueueMessageOperations.TopicName;
import isthmus.server.operations.QueueMessageOperations.Trace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Messages in the log. */
final class QueueMessageRoutes {
    private final Messages messages;

    QueueMessageRoutes(Messages messages) {
        this.messages = messages;
    }

    List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(QueueMessageOperations.LIST, told(this::list)),
                Route.of(QueueMessageOperations.SHOW, told(this::show)),
                Route.of(QueueMessageOperations.AT, told(this::at)),
                Route.of(QueueMessageOperations.BODY, told(this::body)),
                Route.of(QueueMessageOperations.DELIVERIES, told(this::deliveries)),
                Route.of(QueueMessageOperations.TRACE, told(this::trace)),
                Route.of(QueueMessageOperations.SEND, told(this::send)));
    }

    private Page<MessageLine> list(Call<MessageSearch, None> call) {
        MessageSearch search = call.parameters();
        String key = search.key();
        if (key != null) {
            return new Page<>(
                    messages.byKey(search.topic(), key).stream()
                            .limit(search.limit())
                            .map(QueuePages::line)
                            .toList(),
                    null);
        }
        return QueuePages.page(messages.byTime(
                search.topic(),
                QueuePages.from(search.from()),
                QueuePages.to(search.to()),
                QueuePages.cursor(search.cursor()),
                search.limit()));
    }

    private MessageDetail show(Call<MessageName, None> call) {
        return QueuePages.detail(find(call.parameters()));
    }

    private StoredMessage find(MessageName name) {
        return messages.byId(name.topic(), name.messageId())
                .orElseThrow(() -> Problem.notFound("there is no message " + name.messageId() + " in topic "
                        + name.topic() + "; it may be older than what is kept, not due yet, or in another topic"));
    }

    private MessageDetail at(Call<MessagePlace, None> call) {
        MessagePlace place = call.parameters();
        return messages.byOffset(place.topic(), place.queueId(), place.offset())
                .map(QueuePages::detail)
                .orElseThrow(() -> Problem.notFound("there is no message at " + place.offset() + " in queue "
                        + place.queueId() + " of topic " + place.topic()));
    }

    private MessageBody body(Call<MessageName, None> call) {
        StoredMessage message = find(call.parameters());
        byte[] bytes = message.body().array();
        return new MessageBody(message.messageId(), Base64.getEncoder().encodeToString(bytes), PlainText.of(bytes));
    }

    private Page<Delivery> deliveries(Call<MessageName, None> call) {
        return new Page<>(
                messages.deliveries(find(call.parameters())).stream()
                        .map(one -> new Delivery(one.group(), one.state()))
                        .toList(),
                null);
    }

    private Trace trace(Call<MessageName, None> call) {
        MessageTrace trace =
                messages.trace(call.parameters().topic(), call.parameters().messageId());
        return new Trace(
                trace.messageId(),
                trace.state(),
                trace.sent().stream()
                        .map(one -> new Sent(
                                Instant.ofEpochMilli(one.atMillis()),
                                one.group(),
                                one.client(),
                                one.kind().toLowerCase(Locale.ROOT),
                                one.success(),
                                one.tookMillis()))
                        .toList(),
                trace.received().stream().map(QueueMessageRoutes::received).toList());
    }

    private static Received received(MessageTrace.Received one) {
        Outcome outcome = one.outcome();
        return new Received(
                Instant.ofEpochMilli(one.atMillis()),
                one.group(),
                one.client(),
                one.attempt(),
                outcome == null ? null : outcome.result().toLowerCase(Locale.ROOT),
                outcome == null ? null : outcome.tookMillis());
    }

    private SentMessage send(Call<TopicName, NewMessage> call) {
        NewMessage wanted = call.body();
        Appended appended = messages.send(new TestMessage(
                call.parameters().topic(),
                wanted.tag(),
                wanted.key(),
                wanted.shardingKey(),
                call.trace(),
                Body.wrap(bytes(wanted))));
        return new SentMessage(appended.messageId(), appended.position());
    }

    private static byte[] bytes(NewMessage wanted) {
        String text = wanted.text();
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(String.valueOf(wanted.base64()));
        } catch (IllegalArgumentException notBase64) {
            throw Problem.invalid("base64", "not Base64 (expected: RFC 4648, section 4)");
        }
    }
}
