package isthmus.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Opens the database of a directory, or says in a sentence why it cannot be. In the thread that starts the gateway. */
final class DatabaseOpening {
    /** The format that this version writes. A change that an older version would misread raises it. */
    static final long VERSION = 1;

    private final Path directory;

    DatabaseOpening(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    Database open() {
        prepareDirectory();
        NativeLibrary.load(directory);
        RocksSettings settings = new RocksSettings();
        List<ColumnFamilyHandle> families = new ArrayList<>();
        Database database;
        try {
            RocksDB rocks = RocksDB.open(settings.database, directory.toString(), descriptors(settings), families);
            database = new Database(directory, rocks, families, settings);
        } catch (RocksDBException e) {
            settings.close();
            throw refusal(e);
        }
        try {
            checkVersion(database);
        } catch (StoreFailure e) {
            database.close();
            throw e;
        }
        return database;
    }

    private void prepareDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreFailure(
                    "The directory " + directory + " of the session store cannot be created (" + e
                            + "). Choose another data directory, or make it writable",
                    e);
        }
        if (!Files.isWritable(directory)) {
            throw new StoreFailure("The directory " + directory
                    + " of the session store is not writable for this user. Choose another data directory, or make it"
                    + " writable");
        }
    }

    /** Ours first; then those that a newer version has left, because RocksDB insists on opening all. */
    private List<ColumnFamilyDescriptor> descriptors(RocksSettings settings) throws RocksDBException {
        Set<String> names = new LinkedHashSet<>();
        for (Table table : Table.values()) {
            names.add(table.family());
        }
        if (Files.exists(directory.resolve("CURRENT"))) {
            try (Options options = new Options()) {
                RocksDB.listColumnFamilies(options, directory.toString()).forEach(name -> names.add(Values.text(name)));
            }
        }
        return names.stream()
                .map(name -> new ColumnFamilyDescriptor(Values.text(name), settings.family))
                .toList();
    }

    private void checkVersion(Database database) {
        long found = database.number(Keys.VERSION, 0);
        if (found > VERSION) {
            throw new StoreFailure("The session store in " + directory + " has format " + found
                    + " of a newer version of Isthmus; this version reads formats up to " + VERSION
                    + ". Start the newer version, or choose another data directory");
        }
        if (found < VERSION) {
            database.write(true, batch -> batch.put(Table.META, Keys.VERSION, Values.number(VERSION)));
        }
    }

    private StoreFailure refusal(RocksDBException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("lock hold by current process")) {
            return new StoreFailure("The session store in " + directory + " is open in this process already", cause);
        }
        if (reason.contains("lock file")) {
            return new StoreFailure(
                    "The session store in " + directory
                            + " is in use by another process. Stop that process, or choose another data directory",
                    cause);
        }
        return new StoreFailure(
                "The session store in " + directory + " cannot be opened: " + reason
                        + ". Check the disk, restore the directory from a backup, or choose another data directory",
                cause);
    }
}
