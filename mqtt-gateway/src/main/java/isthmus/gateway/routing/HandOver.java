package isthmus.gateway.routing;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;
import java.util.ArrayList;
import java.util.List;

/** The deliveries of one feed batch, told to the subscribers once the batch is indexed. Feed thread only. */
final class HandOver {
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<LoggedMessage> messages = new ArrayList<>();
    private final List<QoS> levels = new ArrayList<>();

    void add(Subscriber subscriber, LoggedMessage message, QoS qos) {
        subscribers.add(subscriber);
        messages.add(message);
        levels.add(qos);
    }

    void tellAll() {
        for (int i = 0; i < subscribers.size(); i++) {
            subscribers.get(i).deliver(messages.get(i), levels.get(i));
        }
        subscribers.clear();
        messages.clear();
        levels.clear();
    }
}
