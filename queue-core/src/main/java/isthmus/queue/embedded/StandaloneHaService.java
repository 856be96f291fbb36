package isthmus.queue.embedded;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.remoting.protocol.body.HARuntimeInfo;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.ha.HAClient;
import org.apache.rocketmq.store.ha.HAConnection;
import org.apache.rocketmq.store.ha.HAConnectionStateNotificationRequest;
import org.apache.rocketmq.store.ha.HAService;
import org.apache.rocketmq.store.ha.WaitNotifyObject;
import org.jspecify.annotations.Nullable;

/**
 * Replication for a broker that has no replicas: does nothing. RocketMQ's own service would accept connections of slaves
 * on every interface, whatever address the broker is bound to. RocketMQ finds this one through
 * {@code META-INF/service}, so it is public.
 */
public final class StandaloneHaService implements HAService {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong pushed = new AtomicLong();
    private final WaitNotifyObject waiters = new WaitNotifyObject();

    @Override
    public void init(DefaultMessageStore store) {}

    @Override
    public void start() {}

    @Override
    public void shutdown() {}

    @Override
    public void updateMasterAddress(String address) {}

    @Override
    public void updateHaMasterAddress(String address) {}

    @Override
    public int inSyncReplicasNums(long position) {
        return 1;
    }

    @Override
    public AtomicInteger getConnectionCount() {
        return connections;
    }

    @Override
    public void putRequest(CommitLog.GroupCommitRequest request) {}

    @Override
    public void putGroupConnectionStateRequest(HAConnectionStateNotificationRequest request) {}

    @Override
    public List<HAConnection> getConnectionList() {
        return List.of();
    }

    @Override
    public @Nullable HAClient getHAClient() {
        return null;
    }

    @Override
    public AtomicLong getPush2SlaveMaxOffset() {
        return pushed;
    }

    @Override
    public HARuntimeInfo getRuntimeInfo(long position) {
        HARuntimeInfo info = new HARuntimeInfo();
        info.setMaster(true);
        info.setMasterCommitLogMaxOffset(position);
        return info;
    }

    @Override
    public WaitNotifyObject getWaitNotifyObject() {
        return waiters;
    }

    @Override
    public boolean isSlaveOK(long position) {
        return false;
    }
}
