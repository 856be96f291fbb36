package isthmus.gateway;

import isthmus.gateway.limits.Admission;
import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.Capacity;
import isthmus.gateway.routing.Router;
import isthmus.gateway.routing.TopicCounts;
import isthmus.gateway.session.ClientAdministration;
import isthmus.gateway.session.GatewayCounters;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.topics.TopicFilter;
import java.util.List;

/** What an operator may see of the gateway and do with it. Any thread but event loops. */
public final class Administration {
    private final ClientAdministration clients;
    private final GatewayCounters counters;
    private final Admission admission;
    private final Capacity capacity;
    private final Router router;
    private final SessionStore store;
    private final List<LoopLag> loops;

    Administration(
            ClientAdministration clients,
            GatewayCounters counters,
            Admission admission,
            Capacity capacity,
            Router router,
            SessionStore store,
            List<LoopLag> loops) {
        this.clients = clients;
        this.counters = counters;
        this.admission = admission;
        this.capacity = capacity;
        this.router = router;
        this.store = store;
        this.loops = List.copyOf(loops);
    }

    public ClientAdministration clients() {
        return clients;
    }

    public GatewayCounters counters() {
        return counters;
    }

    /** What is used of what there may be. */
    public Capacity capacity() {
        return capacity;
    }

    /** Network Connections that are open. */
    public int connections() {
        return admission.open();
    }

    /**
     * Puts other bounds into effect, for what comes from now on.
     *
     * @param storedSessions and subscriptions, as in {@link isthmus.gateway.limits.CapacityLimits}
     */
    public void allow(AdmissionLimits connections, int storedSessions, int subscriptions) {
        admission.allow(connections);
        capacity.storedSessions().allow(storedSessions);
        capacity.subscriptions().allow(subscriptions);
    }

    /** Network Connections that may be open. */
    public int mostConnections() {
        return admission.limits().connections();
    }

    public int retainedMessages() {
        return router.retainedTopics().size();
    }

    public TopicCounts topics() {
        return router.topicCounts();
    }

    /**
     * Retained messages that a Topic Filter matches, in the order of their topics. Blocks on the disk.
     *
     * @param after only those behind this topic; empty for all
     * @param limit at most so many
     * @throws IllegalArgumentException when the text is no Topic Filter
     */
    public List<LoggedMessage> retained(String filter, String after, int limit) {
        try (SessionStore.RetainedView view = store.retained()) {
            return view.find(TopicFilter.of(filter).text(), after, limit);
        }
    }

    /** Whether no event loop is stuck. */
    public boolean loopsTurn() {
        return loops.stream().noneMatch(LoopLag::isStuck);
    }

    /** How late the event loops were in the last 15 s, the worst of each, in seconds. */
    public List<Double> loopLags() {
        return loops.stream().map(LoopLag::worstSeconds).toList();
    }
}
