package isthmus.gateway;

import isthmus.gateway.spi.ConnectionEvents;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.MessageLog;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.Uplink;
import java.time.Clock;

/** What the gateway is connected to. */
public record GatewayPorts(
        Uplink uplink, MessageLog log, ConnectionEvents events, SessionStore store, Directory directory, Clock clock) {}
