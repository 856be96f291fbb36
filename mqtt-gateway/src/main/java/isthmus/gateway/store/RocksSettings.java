package isthmus.gateway.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.MergeOperator;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB is set up: for small state in a process that has better uses for its memory. Holds native memory, which has
 * to live as long as the database.
 */
final class RocksSettings implements AutoCloseable {
    private static final long MEGABYTE = 1L << 20;

    private final LRUCache cache = new LRUCache(8 * MEGABYTE);
    private final MergeOperator append = new StringAppendOperator("");
    final DBOptions database;
    final ColumnFamilyOptions family;
    final WriteOptions durable = new WriteOptions().setSync(true);
    final WriteOptions quick = new WriteOptions().setSync(false);

    RocksSettings() {
        database = new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxOpenFiles(256)
                .setMaxBackgroundJobs(2)
                .setDbWriteBufferSize(16 * MEGABYTE)
                .setMaxTotalWalSize(32 * MEGABYTE)
                .setMaxManifestFileSize(8 * MEGABYTE)
                .setManifestPreallocationSize(64 << 10)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MEGABYTE)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setSkipStatsUpdateOnDbOpen(true);
        family = new ColumnFamilyOptions()
                .setWriteBufferSize(4 * MEGABYTE)
                .setMaxWriteBufferNumber(2)
                .setArenaBlockSize(128 << 10)
                .setTargetFileSizeBase(16 * MEGABYTE)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache))
                .setMergeOperator(append);
    }

    @Override
    public void close() {
        durable.close();
        quick.close();
        family.close();
        database.close();
        append.close();
        cache.close();
    }
}
