package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MQTT messages: retained ones, publishing, and the password of devices. */
public final class MessageOperations {
    private MessageOperations() {}

    public static final Operation<RetainedSearch, None, Page<RetainedSummary>> RETAINED = Operation.get(
                    "/retained", "retained list", "Lists retained messages, without their payloads.")
            .parameters(RetainedSearch.class)
            .answersPageOf(RetainedSummary.class);

    public static final Operation<OneTopic, None, RetainedMessage> RETAINED_MESSAGE = Operation.get(
                    "/retained/message", "retained show", "Shows the retained message of a topic.")
            .role(Role.OPERATE)
            .parameters(OneTopic.class)
            .answers(RetainedMessage.class);

    public static final Operation<OneTopic, None, None> DELETE_RETAINED = Operation.delete(
                    "/retained/message",
                    "retained delete",
                    "Deletes the retained message of a topic, as a device would: with an empty one.")
            .parameters(OneTopic.class)
            .answersNothing();

    public static final Operation<None, Publication, Published> PUBLISH = Operation.post(
                    "/publish", "publish", "Publishes a message. It is stored when this answers.")
            .body(Publication.class)
            .answers(Published.class);

    public static final Operation<None, SignatureRequest, Signature> SIGN = Operation.post(
                    "/sign", "sign", "Makes the password of devices. Nothing is stored.")
            .role(Role.READ)
            .body(SignatureRequest.class)
            .answers(Signature.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(RETAINED, RETAINED_MESSAGE, DELETE_RETAINED, PUBLISH, SIGN);
    }

    /** How a payload is written as text. */
    public enum Encoding {
        TEXT,
        BASE64
    }

    public record RetainedSearch(
            @Field(value = "Only topics that this topic filter matches.", unset = "#", min = 1) String filter,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record OneTopic(@Field(value = "The topic name.", min = 1, max = 65_535) String topic) {}

    public record RetainedSummary(
            @Field("The topic name.") String topic,
            @Field("Its quality of service.") int qos,
            @Field("The bytes of its payload.") int bytes) {}

    public record RetainedMessage(
            @Field("The topic name.") String topic,
            @Field("Its quality of service.") int qos,
            @Field("The bytes of its payload.") int bytes,
            @Field("How the payload is written here: as it is when it is text.") Encoding encoding,
            @Field("The payload.") String payload) {
        @Override
        public String toString() {
            return "RetainedMessage[" + topic + ", " + bytes + " bytes]";
        }
    }

    public record Publication(
            @Field(value = "The topic name.", min = 1, max = 65_535) String topic,
            @Field(value = "The payload; empty with retain deletes the retained message.", unset = "") @Nullable
                    String payload,
            @Field(value = "How the payload is written.", unset = "text") Encoding encoding,
            @Field(value = "Its quality of service.", unset = "1", min = 0, max = 2) int qos,
            @Field(value = "Whether it is to be the topic's retained message.", unset = "false") boolean retain) {
        @Override
        public String toString() {
            return "Publication[" + topic + "]";
        }
    }

    public record Published(@Field("The topic name.") String topic, @Field("The bytes of its payload.") int bytes) {}

    public record SignatureRequest(
            @Field(
                            value =
                                    "What is signed: the group id, or the client identifier of a device that has no group.",
                            min = 1,
                            max = 65_535)
                    String text,
            @Field(value = "The secret key of the account.", min = 1, max = 1000, secret = true) String secretKey) {
        @Override
        public String toString() {
            return "SignatureRequest[" + text + "]";
        }
    }

    public record Signature(@Field("The password: Base64(HMAC-SHA1(secret key, text)).") String password) {
        @Override
        public String toString() {
            return "Signature[]";
        }
    }
}
