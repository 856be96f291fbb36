package isthmus.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;

/**
 * Reads and writes JSON. Absent is left out, instants and times of day are texts, enum constants are words. Immutable, any
 * thread.
 */
public final class Json {
    private final ObjectMapper mapper = new ObjectMapper();

    public Json() {
        SimpleModule forms = new SimpleModule();
        forms.addSerializer(new InstantAsText());
        forms.addSerializer(new TimeOfDayAsText());
        forms.addSerializer(new EnumAsWord());
        mapper.registerModule(forms);
        mapper.setSerializationInclusion(JsonInclude.Include.NON_NULL);
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** @param value a record, or a list or map of such */
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " cannot be written as JSON", e);
        }
    }

    public String text(Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    /** On several lines, for people. */
    public String pretty(JsonNode value) {
        return value.toPrettyString();
    }

    /** @throws JsonProcessingException when it is not JSON; the message may quote it */
    public JsonNode read(byte[] json) throws IOException {
        return mapper.readTree(json);
    }

    private static final class InstantAsText extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantAsText() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class TimeOfDayAsText extends StdSerializer<LocalTime> {
        private static final long serialVersionUID = 1L;

        TimeOfDayAsText() {
            super(LocalTime.class);
        }

        @Override
        public void serialize(LocalTime value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Scalars.text(value));
        }
    }

    @SuppressWarnings("rawtypes") // so that it is for every enum
    private static final class EnumAsWord extends StdSerializer<Enum> {
        private static final long serialVersionUID = 1L;

        EnumAsWord() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Words.of((Enum<?>) value));
        }
    }
}
