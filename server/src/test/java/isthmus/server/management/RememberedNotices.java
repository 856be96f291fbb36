package isthmus.server.management;

import isthmus.server.operations.AlarmOperations.Notice;
import java.util.ArrayList;
import java.util.List;

/** What was told, in order. */
final class RememberedNotices implements AlarmNotices {
    private final List<Notice> logged = new ArrayList<>();
    private final List<Notice> posted = new ArrayList<>();

    @Override
    public void log(Notice notice) {
        logged.add(notice);
    }

    @Override
    public void post(Notice notice) {
        posted.add(notice);
    }

    List<Notice> logged() {
        return logged;
    }

    List<Notice> posted() {
        return posted;
    }
}
