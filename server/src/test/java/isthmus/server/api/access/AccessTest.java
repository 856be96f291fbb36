package isthmus.server.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.spi.Payload;
import isthmus.server.api.Problem;
import isthmus.server.api.Role;
import isthmus.server.api.Verb;
import isthmus.server.resources.RecordsInMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, failed sign-ins and the audit log. */
class AccessTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final RecordsInMemory store = new RecordsInMemory();

    @TempDir
    Path directory;

    private Tokens tokensAt(Instant now) {
        return Tokens.open(store, directory.resolve("keys"), new SecureRandom(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private String tokenInFile() throws IOException {
        return Files.readString(directory.resolve("keys/api.token")).strip();
    }

    @Test
    void theFirstStartMakesATokenThatOnlyTheOwnerCanRead() throws IOException {
        Tokens tokens = tokensAt(NOON);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("keys/api.token"))))
                .isEqualTo("rw-------");
        TokenView found = tokens.find(tokenInFile());
        assertThat(found).isNotNull();
        assertThat(found.role()).isEqualTo(Role.ADMIN);
        assertThat(tokensAt(NOON).find(tokenInFile())).isNotNull();
        assertThat(tokens.find("")).isNull();
    }

    @Test
    void aDeletedFileMakesAnotherToken() throws IOException {
        tokensAt(NOON);
        String before = tokenInFile();
        Files.delete(directory.resolve("keys/api.token"));
        Tokens tokens = tokensAt(NOON);
        assertThat(tokens.find(before)).isNull();
        assertThat(tokens.find(tokenInFile())).isNotNull();
    }

    @Test
    void aTokenSurvivesARestartButOnlyItsHashIsStored() {
        String token = tokensAt(NOON).create("ci", Role.OPERATE, null);
        TokenView found = tokensAt(NOON.plusSeconds(60)).find(token);
        assertThat(found).isEqualTo(new TokenView("ci", Role.OPERATE, NOON, null));
        for (Payload record : store.records("api-token").values()) {
            assertThat(new String(record.array(), StandardCharsets.UTF_8)).doesNotContain(token);
        }
    }

    @Test
    void aTokenEndsInTimeAndWhenItIsDeleted() {
        Instant end = NOON.plus(Duration.ofDays(1));
        Tokens tokens = tokensAt(NOON);
        String token = tokens.create("ci", Role.READ, end);
        assertThat(tokensAt(end.minusSeconds(1)).find(token)).isNotNull();
        assertThat(tokensAt(end).find(token)).isNull();
        assertThat(tokens.delete("ci")).isTrue();
        assertThat(tokens.find(token)).isNull();
        assertThat(tokens.delete("ci")).isFalse();
    }

    @Test
    void namesAreTakenOnceAndTheTokenInTheFileCannotBeDeleted() {
        Tokens tokens = tokensAt(NOON);
        tokens.create("ci", Role.READ, null);
        assertThatThrownBy(() -> tokens.create("ci", Role.READ, null)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> tokens.create("file", Role.READ, null)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> tokens.delete("file")).isInstanceOf(Problem.class);
    }

    @Test
    void anAddressMayFailTenTimesAndThenOnceInAWhile() {
        AtomicLong now = new AtomicLong();
        FailedSignIns failures = new FailedSignIns(now::get);
        for (int i = 0; i < 10; i++) {
            assertThat(failures.secondsToWait("10.0.0.1")).isZero();
            failures.failed("10.0.0.1");
        }
        assertThat(failures.secondsToWait("10.0.0.1")).isBetween(6L, 7L);
        assertThat(failures.secondsToWait("10.0.0.2")).isZero();
        now.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(failures.secondsToWait("10.0.0.1")).isZero();
        failures.failed("10.0.0.1");
        assertThat(failures.secondsToWait("10.0.0.1")).isPositive();
        now.addAndGet(Duration.ofSeconds(60).toNanos());
        for (int i = 0; i < 10; i++) {
            assertThat(failures.secondsToWait("10.0.0.1")).isZero();
            failures.failed("10.0.0.1");
        }
    }

    private static AuditLog.Numbered entry(String operation) {
        return number ->
                new AuditEntry(number, NOON, "ci", Role.ADMIN, "127.0.0.1", operation, Verb.PUT, "/api/v1/x", 200);
    }

    @Test
    void theAuditLogIsReadBackAfterARestartAndSkipsABrokenLine() throws IOException {
        AuditLog log = AuditLog.open(directory);
        log.add(entry("first"));
        log.add(entry("second"));
        Files.writeString(directory.resolve("audit.jsonl"), "{\"number\":", StandardOpenOption.APPEND);
        AuditLog again = AuditLog.open(directory);
        assertThat(again.find(Long.MAX_VALUE, 10, any -> true))
                .extracting(AuditEntry::number, AuditEntry::operation)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, "second"),
                        org.assertj.core.groups.Tuple.tuple(1L, "first"));
        assertThat(again.find(2, 10, any -> true)).hasSize(1);
        again.add(entry("third"));
        assertThat(again.find(Long.MAX_VALUE, 1, any -> true))
                .extracting(AuditEntry::number)
                .containsExactly(3L);
    }

    @Test
    void theAuditLogKeepsABoundedNumberOfEntries() throws IOException {
        Files.writeString(directory.resolve("audit.jsonl"), "x".repeat(4 << 20) + "\n");
        AuditLog log = AuditLog.open(directory);
        log.add(entry("first"));
        assertThat(Files.size(directory.resolve("audit.jsonl"))).isLessThan(1000);
        assertThat(Files.size(directory.resolve("audit-older.jsonl"))).isGreaterThan(4 << 20);
        assertThat(log.find(Long.MAX_VALUE, 10, any -> true)).hasSize(1);
    }
}
