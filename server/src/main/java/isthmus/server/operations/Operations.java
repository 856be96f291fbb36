package isthmus.server.operations;

import isthmus.server.api.Operation;
import java.util.List;
import java.util.stream.Stream;

/** All operations there are, in the order in which they are listed. */
public final class Operations {
    private Operations() {}

    public static List<Operation<?, ?, ?>> all() {
        return Stream.of(
                        ClientOperations.all(),
                        InstanceOperations.all(),
                        MessageOperations.all(),
                        AlarmOperations.all(),
                        QueueMessageOperations.all(),
                        ConsumerGroupOperations.all(),
                        GroupAlarmOperations.all(),
                        DeadLetterOperations.all(),
                        QueueReportOperations.all(),
                        TopicRouteOperations.all(),
                        ConfigurationOperations.all(),
                        ResourceOperations.all(),
                        AccountOperations.all(),
                        PolicyOperations.all(),
                        CredentialOperations.all(),
                        AccessOperations.all())
                .<Operation<?, ?, ?>>flatMap(List::stream)
                .toList();
    }
}
