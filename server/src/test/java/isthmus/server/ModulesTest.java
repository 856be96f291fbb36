package isthmus.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom (docs/architecture.md), and that event loops never wait for a lock. */
@AnalyzeClasses(packages = "isthmus", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
    private static final String[] EVENT_LOOP_PACKAGES = {
        "isthmus.gateway.codec..", "isthmus.gateway.transport..", "isthmus.gateway.session.."
    };
    /** Anywhere in a line of code; the word in a comment begins with a star or two slashes before it. */
    private static final Pattern SYNCHRONIZED = Pattern.compile("(?m)^(?!\\s*(\\*|/)).*\\bsynchronized\\b");

    @ArchTest
    static final ArchRule theGatewayKnowsNeitherTheQueueNorRocketMq = noClasses()
            .that()
            .resideInAPackage("isthmus.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("isthmus.queue..", "isthmus.bridge..", "isthmus.server..", "org.apache.rocketmq..");

    @ArchTest
    static final ArchRule theQueueCoreKnowsNothingOfMqtt = noClasses()
            .that()
            .resideInAPackage("isthmus.queue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("isthmus.gateway..", "isthmus.bridge..", "isthmus.certs..", "isthmus.server..");

    @ArchTest
    static final ArchRule theQueueCoresInterfaceKnowsNothingOfRocketMq = noClasses()
            .that()
            .resideInAPackage("isthmus.queue.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.rocketmq..", "isthmus.queue.embedded..");

    @ArchTest
    static final ArchRule theBridgeKnowsBothOnlyByTheirPorts = noClasses()
            .that()
            .resideInAPackage("isthmus.bridge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "isthmus.gateway.codec..",
                    "isthmus.gateway.transport..",
                    "isthmus.gateway.session..",
                    "isthmus.queue.embedded..",
                    "isthmus.certs..",
                    "isthmus.server..",
                    "org.apache.rocketmq..",
                    "io.netty..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule certificatesStandAlone = noClasses()
            .that()
            .resideInAPackage("isthmus.certs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("isthmus.gateway..", "isthmus.queue..", "isthmus.bridge..", "isthmus.server..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theServerNeedsNoRocketMqClassItself = noClasses()
            .that()
            .resideInAPackage("isthmus.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.rocketmq..");

    @ArchTest
    static final ArchRule eventLoopsUseNoLocks = noClasses()
            .that()
            .resideInAnyPackage(EVENT_LOOP_PACKAGES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule eventLoopsHaveNoSynchronizedMethods = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(EVENT_LOOP_PACKAGES)
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED)
            .allowEmptyShould(true);

    /** Byte code rules do not see blocks. */
    @ParameterizedTest
    @ValueSource(strings = {"codec", "transport", "session"})
    void eventLoopsHaveNoSynchronizedBlocks(String part) throws IOException {
        Path sources = Path.of("..", "mqtt-gateway", "src", "main", "java", "isthmus", "gateway", part);
        if (!Files.exists(sources)) {
            return;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(SYNCHRONIZED));
        }
    }
}
