package isthmus.server.api.access;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.server.api.Json;
import isthmus.server.api.Problem;
import isthmus.server.api.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that let somebody in: the one in the {@linkplain TokenFile file}, and those made later, of which only a hash
 * is kept. {@link #find} is asked by any thread and never blocks; changes block, one at a time.
 */
public final class Tokens {
    /** The name of the token in the file. */
    public static final String FILE = "file";

    private static final String KIND = "api-token";
    private static final int MOST = 1000;

    private record Known(TokenView view, Payload hash) {}

    private final SessionStore store;
    private final SecureRandom random;
    private final Clock clock;
    private final Json json = new Json();
    private final Known inFile;
    private volatile List<Known> known;

    private Tokens(SessionStore store, Known inFile, SecureRandom random, Clock clock) {
        this.store = store;
        this.inFile = inFile;
        this.random = random;
        this.clock = clock;
        this.known = List.of();
        this.known = read();
    }

    /**
     * Reads what there is; makes the file at the first start. Blocks.
     *
     * @param keys the directory of the file
     */
    public static Tokens open(SessionStore store, Path keys, SecureRandom random, Clock clock) {
        String token = TokenFile.openOrCreate(keys, random);
        TokenView view = new TokenView(FILE, Role.ADMIN, clock.instant(), null);
        return new Tokens(store, new Known(view, Payload.wrap(TokenText.hash(token))), random, clock);
    }

    /** Whose token this is, or null. Takes as long for a wrong one as for a right one. */
    public @Nullable TokenView find(String token) {
        byte[] hash = TokenText.hash(token);
        TokenView found = null;
        for (Known each : known) {
            if (MessageDigest.isEqual(each.hash().array(), hash)) {
                found = each.view();
            }
        }
        boolean ended =
                found != null && found.expires() != null && !clock.instant().isBefore(found.expires());
        return ended ? null : found;
    }

    /** In the order of their names. */
    public List<TokenView> list() {
        return known.stream()
                .map(Known::view)
                .sorted(Comparator.comparing(TokenView::name))
                .toList();
    }

    /**
     * Makes a token.
     *
     * @return the token, which cannot be had again
     * @throws Problem when the name is taken
     */
    public synchronized String create(String name, Role role, @Nullable Instant expires) {
        if (known.stream().anyMatch(each -> each.view().name().equals(name))) {
            throw Problem.conflict("there is a token named " + name + "; delete it first, or choose another name");
        }
        if (known.size() >= MOST) {
            throw Problem.conflict("there are " + MOST + " tokens, and may not be more; delete some");
        }
        String token = TokenText.random(random);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("hash", Base64.getEncoder().encodeToString(TokenText.hash(token)));
        record.put("role", role);
        record.put("created", clock.instant());
        if (expires != null) {
            record.put("expires", expires);
        }
        store.putRecord(KIND, name, Payload.wrap(json.write(record)));
        known = read();
        return token;
    }

    /**
     * Ends a token at once.
     *
     * @return false if there was none
     */
    public synchronized boolean delete(String name) {
        if (name.equals(FILE)) {
            throw Problem.conflict("the token in the file " + TokenFile.NAME
                    + " can only be replaced: delete the file, and start the server again");
        }
        boolean existed = known.stream().anyMatch(each -> each.view().name().equals(name));
        store.removeRecord(KIND, name);
        known = read();
        return existed;
    }

    private List<Known> read() {
        List<Known> all = new ArrayList<>();
        all.add(inFile);
        store.records(KIND).forEach((name, value) -> all.add(parse(name, value)));
        return List.copyOf(all);
    }

    private Known parse(String name, Payload value) {
        try {
            JsonNode record = json.read(value.array());
            JsonNode expires = record.get("expires");
            TokenView view = new TokenView(
                    name,
                    Role.valueOf(record.required("role").asText().toUpperCase(Locale.ROOT)),
                    Instant.parse(record.required("created").asText()),
                    expires == null ? null : Instant.parse(expires.asText()));
            return new Known(
                    view,
                    Payload.wrap(
                            Base64.getDecoder().decode(record.required("hash").asText())));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "the stored token " + name + " is unreadable; restore the data directory from a backup", e);
        }
    }
}
