package isthmus.queue.embedded;

import isthmus.queue.embedded.admin.EmbeddedOperations;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.rocketmq.auth.authentication.provider.LocalAuthenticationMetadataProvider;
import org.apache.rocketmq.auth.authorization.provider.LocalAuthorizationMetadataProvider;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.namesrv.NamesrvConfig;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;
import org.apache.rocketmq.store.config.FlushDiskType;
import org.apache.rocketmq.store.config.MessageStoreConfig;

/**
 * RocketMQ's configuration objects, filled in: every path inside the data directory, thread pools for a small machine
 * (RocketMQ's defaults make 300 threads), access control on.
 */
final class RocketMqConfigs {
    static final String BROKER = "isthmus-broker";
    static final String CLUSTER = "isthmus-cluster";
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MOST_MESSAGES_PER_PULL = 256;
    private static final int MOST_BYTES_PER_PULL = 1 << 20;
    private static final int TRANSACTION_CHECK_MILLIS = 5_000;
    private static final int TRANSACTION_CHECKS = 600_000 / TRANSACTION_CHECK_MILLIS;

    private final Path directory;
    private final EmbeddedSettings settings;
    private final Addresses addresses;
    private final DiskRoom room;
    private final DiskFault fault;

    RocketMqConfigs(Path directory, EmbeddedSettings settings, Addresses addresses, DiskRoom room, DiskFault fault) {
        this.directory = directory;
        this.settings = settings;
        this.addresses = addresses;
        this.room = room;
        this.fault = fault;
    }

    NamesrvConfig nameServer() {
        NamesrvConfig config = new NamesrvConfig();
        config.setRocketmqHome(directory.toString());
        config.setKvConfigPath(path("namesrv/kvConfig.json"));
        config.setConfigStorePath(path("namesrv/namesrv.properties"));
        config.setDefaultThreadPoolNums(2);
        config.setClientRequestThreadPoolNums(2);
        config.setUnRegisterBrokerQueueCapacity(16);
        return config;
    }

    NettyServerConfig nameServerListener() {
        return listener(addresses.nameServerPort(), 1);
    }

    NettyServerConfig brokerListener() {
        return listener(addresses.brokerPort(), 2);
    }

    private NettyServerConfig listener(int port, int workers) {
        NettyServerConfig config = new NettyServerConfig();
        config.setBindAddress(addresses.bind());
        config.setListenPort(port);
        config.setServerWorkerThreads(workers);
        config.setServerSelectorThreads(1);
        config.setServerCallbackExecutorThreads(1);
        return config;
    }

    NettyClientConfig client() {
        NettyClientConfig config = new NettyClientConfig();
        config.setClientWorkerThreads(1);
        config.setClientCallbackExecutorThreads(1);
        return config;
    }

    BrokerConfig broker() {
        BrokerConfig config = new BrokerConfig();
        config.setRocketmqHome(directory.toString());
        config.setBrokerConfigPath(path("broker.conf"));
        config.setBrokerName(BROKER);
        config.setBrokerClusterName(CLUSTER);
        config.setBrokerId(0);
        config.setBrokerIP1(addresses.advertised());
        config.setBrokerIP2(addresses.local());
        config.setNamesrvAddr(addresses.localNameServer());
        config.setMessageStorePlugIn(WakingStore.class.getName());
        config.setAutoCreateTopicEnable(false);
        // A group that a permitted consumer names exists from then on; accounts say who may use which.
        config.setAutoCreateSubscriptionGroup(true);
        config.setTraceTopicEnable(true);
        // Clients of ONS trace everywhere but in the region that RocketMQ names by default.
        config.setRegionId(EmbeddedOperations.REGION);
        config.setRecallMessageEnable(true);
        // SQL expressions of consumers, over properties. Asked for only at a pull that has one: costs nobody else
        // anything.
        config.setEnablePropertyFilter(true);
        // Until it is noted that a transaction is decided, RocketMQ may ask for it. By default it is noted after 3 s.
        config.setTransactionOpBatchInterval(500);
        // Asked for every 5 s, as in the products (by default every 30 s), and for ten minutes: producers may be away.
        // Each time an undecided one is written again, and the interval cannot grow.
        config.setTransactionCheckInterval(TRANSACTION_CHECK_MILLIS);
        config.setTransactionCheckMax(TRANSACTION_CHECKS);
        // Pop consumers come through RocketMQ's proxy, which is not embedded.
        config.setPopConsumerFSServiceInit(false);
        config.setReviveQueueNum(1);
        config.setPopReviveConcurrency(1);
        setPools(config);
        return config;
    }

    private static void setPools(BrokerConfig config) {
        config.setSendMessageThreadPoolNums(2);
        // With the default of 200 ms a busy small machine refuses sends that would have been stored a moment later.
        config.setWaitTimeMillsInSendQueue(2_500);
        config.setPutMessageFutureThreadPoolNums(1);
        config.setPullMessageThreadPoolNums(4);
        config.setLitePullMessageThreadPoolNums(1);
        config.setAckMessageThreadPoolNums(1);
        config.setProcessReplyMessageThreadPoolNums(1);
        config.setQueryMessageThreadPoolNums(2);
        config.setAdminBrokerThreadPoolNums(2);
        config.setClientManageThreadPoolNums(2);
        config.setConsumerManageThreadPoolNums(2);
        config.setLoadBalanceProcessorThreadPoolNums(1);
        config.setHeartbeatThreadPoolNums(2);
        config.setRecoverThreadPoolNums(2);
        config.setEndTransactionThreadPoolNums(2);
    }

    Path commitLog() {
        return directory.resolve("store/commitlog");
    }

    EmbeddedStoreConfig store(WorkSignal feed) {
        EmbeddedStoreConfig config = new EmbeddedStoreConfig(feed, room, fault);
        config.setStorePathRootDir(path("store"));
        config.setStorePathCommitLog(commitLog().toString());
        config.setFlushDiskType(
                settings.flush() == EmbeddedSettings.Flush.SYNC ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH);
        config.setFileReservedTime(settings.retentionHours());
        config.setMaxMessageSize(settings.maxBodyBytes());
        config.setMappedFileSizeCommitLog(settings.logFileBytes());
        config.setMappedFileSizeConsumeQueue(20 * 5000);
        config.setMaxHashSlotNum(100_000);
        config.setMaxIndexNum(400_000);
        // After a kill RocketMQ throws the last index file away, and would not read the messages again that were in it.
        config.setMessageIndexSafe(true);
        config.setDiskMaxUsedSpaceRatio(95);
        // Otherwise a disk that is 85 % full costs messages before their time. At 90 % writes are refused either way.
        config.setCleanFileForciblyEnable(false);
        config.setHaListenPort(0);
        config.setEnableCompaction(false);
        config.setTransientStorePoolSize(0);
        // Into the mapped file, as the log is. Otherwise each message costs two system calls for its 20 bytes.
        config.setPutConsumeQueueDataByFileChannel(false);
        // A start after a kill checks the log from the file of the last checkpoint on. By default that is a minute old,
        // at full speed gigabytes, of which RocketMQ would dispatch no more than the last ten files.
        config.setFlushConsumeQueueThoroughInterval(2_000);
        config.setCommitLogRecoverMaxNum(Integer.MAX_VALUE);
        // By default a pull ends after 32 messages, or 8 of the disk, however many the consumer asks for.
        config.setMaxTransferCountOnMessageInMemory(MOST_MESSAGES_PER_PULL);
        config.setMaxTransferBytesOnMessageInMemory(MOST_BYTES_PER_PULL);
        config.setMaxTransferCountOnMessageInDisk(MOST_MESSAGES_PER_PULL);
        config.setMaxTransferBytesOnMessageInDisk(MOST_BYTES_PER_PULL);
        config.setDispatchCqThreads(1);
        config.setBatchDispatchRequestThreadPoolNums(1);
        setTimers(config);
        return config;
    }

    /** Delayed messages up to 40 days, as the product this gateway stands in for offers. */
    private static void setTimers(MessageStoreConfig config) {
        config.setTimerMaxDelaySec(40 * SECONDS_PER_DAY + 600);
        config.setMappedFileSizeTimerLog(4 << 20);
        // Each flush compares the whole wheel, 38 MB. After a kill, timers that fired since the last one fire again.
        config.setTimerFlushIntervalMs(3000);
        config.setTimerGetMessageThreadNum(1);
        config.setTimerPutMessageThreadNum(1);
        config.setTimerReputServiceCorePoolSize(1);
        config.setTimerReputServiceMaxPoolSize(1);
    }

    AuthConfig auth(InnerCredentials inner) {
        AuthConfig config = new AuthConfig();
        // RocketMQ keeps its providers in static maps by this name and never removes them: never use one twice.
        config.setConfigName(BROKER + "-" + UUID.randomUUID());
        config.setClusterName(CLUSTER);
        config.setAuthConfigPath(path("store/config"));
        config.setAuthenticationEnabled(true);
        config.setAuthorizationEnabled(true);
        config.setAuthenticationMetadataProvider(LocalAuthenticationMetadataProvider.class.getName());
        config.setAuthorizationMetadataProvider(LocalAuthorizationMetadataProvider.class.getName());
        config.setInnerClientAuthenticationCredentials(
                "{\"accessKey\":\"" + inner.accessKey() + "\",\"secretKey\":\"" + inner.secretKey() + "\"}");
        return config;
    }

    private String path(String relative) {
        return directory.resolve(relative).toString();
    }
}
