package isthmus.gateway.store;

import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.OpenConnection;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.ConnectionEnded;
import isthmus.gateway.spi.StoreChange.ConnectionOpened;
import isthmus.gateway.spi.StoreChange.CursorMoved;
import isthmus.gateway.spi.StoreChange.EventIndexMoved;
import isthmus.gateway.spi.StoreChange.InFlightAdded;
import isthmus.gateway.spi.StoreChange.InFlightDone;
import isthmus.gateway.spi.StoreChange.InFlightReleased;
import isthmus.gateway.spi.StoreChange.ReceivedAdded;
import isthmus.gateway.spi.StoreChange.ReceivedDone;
import isthmus.gateway.spi.StoreChange.RetainedCleared;
import isthmus.gateway.spi.StoreChange.RetainedSet;
import isthmus.gateway.spi.StoreChange.SessionLeft;
import isthmus.gateway.spi.StoreChange.SessionOpened;
import isthmus.gateway.spi.StoreChange.SessionRemoved;
import isthmus.gateway.spi.StoreChange.Subscribed;
import isthmus.gateway.spi.StoreChange.Unsubscribed;
import isthmus.gateway.spi.StoreChange.WillDone;
import isthmus.gateway.spi.StoreChange.WillKept;
import isthmus.gateway.store.Keys.SessionField;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns each {@link StoreChange} into changes of tables. What a change does never depends on whether the changes before it
 * are stored already or are in the same batch. Any thread.
 */
final class ChangeEncoder {
    /** One in-flight message was sent before another if its number is smaller. */
    private final AtomicLong inFlightOrder;

    private final IndexEncoder index;

    /** @param firstInFlight greater than every order that was given before */
    ChangeEncoder(IndexEncoder index, long firstInFlight) {
        this.index = index;
        this.inFlightOrder = new AtomicLong(firstInFlight);
    }

    /** The kinds by table, the frequent ones first (a switch over a sealed interface needs a newer Java than 17). */
    void encode(StoreChange change, Batch batch) {
        boolean known = index.encode(change, batch)
                || encodePackets(change, batch)
                || encodeSession(change, batch)
                || encodeRetained(change, batch)
                || encodeConnection(change, batch);
        if (!known) {
            throw new IllegalArgumentException("The session store does not know " + change.getClass());
        }
    }

    private boolean encodePackets(StoreChange change, Batch batch) {
        if (change instanceof InFlightAdded c) {
            byte[] value = Values.inFlight(inFlightOrder.getAndIncrement(), c.position(), c.qos());
            batch.put(Table.IN_FLIGHT, Keys.packet(c.clientId(), c.packetId()), value);
        } else if (change instanceof InFlightDone c) {
            batch.delete(Table.IN_FLIGHT, Keys.packet(c.clientId(), c.packetId()));
        } else if (change instanceof InFlightReleased c) {
            batch.append(Table.IN_FLIGHT, Keys.packet(c.clientId(), c.packetId()), Values.RELEASED);
        } else if (change instanceof ReceivedAdded c) {
            batch.put(Table.RECEIVED, Keys.packet(c.clientId(), c.packetId()), Values.number(c.position()));
        } else if (change instanceof ReceivedDone c) {
            batch.delete(Table.RECEIVED, Keys.packet(c.clientId(), c.packetId()));
        } else {
            return false;
        }
        return true;
    }

    private static boolean encodeSession(StoreChange change, Batch batch) {
        if (change instanceof CursorMoved c) {
            batch.put(Table.SESSIONS, Keys.session(c.clientId(), SessionField.CURSOR), Values.number(c.position()));
        } else if (change instanceof SessionLeft c) {
            batch.put(Table.SESSIONS, Keys.session(c.clientId(), SessionField.LEFT), Values.number(c.leftMillis()));
        } else if (change instanceof Subscribed c) {
            byte[] value = Values.subscription(c.qos(), c.since());
            batch.put(Table.SUBSCRIPTIONS, Keys.subscription(c.clientId(), c.filter()), value);
        } else if (change instanceof Unsubscribed c) {
            batch.delete(Table.SUBSCRIPTIONS, Keys.subscription(c.clientId(), c.filter()));
        } else if (change instanceof SessionOpened c) {
            open(c, batch);
        } else if (change instanceof SessionRemoved c) {
            removeAllOf(c.clientId(), batch);
        } else {
            return false;
        }
        return true;
    }

    private static void open(SessionOpened c, Batch batch) {
        batch.put(Table.SESSIONS, Keys.session(c.clientId(), SessionField.CREATED), Values.number(c.createdMillis()));
        batch.put(Table.SESSIONS, Keys.session(c.clientId(), SessionField.CURSOR), Values.number(c.cursor()));
        batch.delete(Table.SESSIONS, Keys.session(c.clientId(), SessionField.LEFT));
        // What the feed met of an earlier session of this Client is not this one's.
        batch.deleteRange(Table.RECEIVED, Keys.name(c.clientId()), Keys.afterName(c.clientId()));
    }

    static void removeAllOf(String clientId, Batch batch) {
        byte[] from = Keys.name(clientId);
        byte[] to = Keys.afterName(clientId);
        batch.deleteRange(Table.SESSIONS, from, to);
        batch.deleteRange(Table.SUBSCRIPTIONS, from, to);
        batch.deleteRange(Table.IN_FLIGHT, from, to);
        batch.deleteRange(Table.RECEIVED, from, to);
    }

    private static boolean encodeRetained(StoreChange change, Batch batch) {
        if (change instanceof RetainedSet c) {
            batch.put(Table.RETAINED, Keys.topic(c.message().topic()), Values.retained(c.message()));
        } else if (change instanceof RetainedCleared c) {
            batch.delete(Table.RETAINED, Keys.topic(c.topic()));
        } else {
            return false;
        }
        return true;
    }

    private static boolean encodeConnection(StoreChange change, Batch batch) {
        if (change instanceof ConnectionOpened c) {
            OpenConnection opened = c.connection();
            batch.put(Table.OPEN, Keys.channel(opened.clientId(), opened.channelId()), Values.text(opened.clientIp()));
        } else if (change instanceof ConnectionEnded c) {
            batch.delete(Table.OPEN, Keys.channel(c.clientId(), c.channelId()));
        } else if (change instanceof EventIndexMoved c) {
            batch.put(Table.META, Keys.EVENT_INDEX, Values.number(c.eventIndex()));
        } else if (change instanceof WillKept c) {
            KeptWill will = c.will();
            batch.put(Table.WILLS, Keys.channel(will.message().clientId(), will.channelId()), Values.will(will));
        } else if (change instanceof WillDone c) {
            batch.delete(Table.WILLS, Keys.channel(c.clientId(), c.channelId()));
        } else {
            return false;
        }
        return true;
    }
}
