package isthmus.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.server.api.Operation;
import isthmus.server.operations.Operations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryOperationTest {
    @Test
    void everyOperationBelongsToTheAreaOfATest() throws Exception {
        List<Operation<?, ?, ?>> operations = new ArrayList<>();
        try (Stream<Path> classes = Files.list(Path.of(EveryOperationTest.class
                        .getResource("EveryOperationTest.class")
                        .toURI())
                .getParent())) {
            for (Path file : classes.toList()) {
                Class<?> type = Class.forName(getClass().getPackageName() + "."
                        + file.getFileName().toString().replace(".class", ""));
                if (type.isAnnotationPresent(Areas.class)) {
                    assertThat(type).isAssignableTo(OperatorTest.class);
                    operations.addAll(OperatorTest.operationsOf(type));
                }
            }
        }
        assertThat(operations).containsExactlyInAnyOrderElementsOf(Operations.all());
    }
}
