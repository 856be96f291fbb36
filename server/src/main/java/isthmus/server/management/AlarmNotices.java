package isthmus.server.management;

import isthmus.server.operations.AlarmOperations.Notice;

/** Where alarms are told. Any thread; never blocks. */
public interface AlarmNotices {
    /** When an alarm is raised, and when it is over. */
    void log(Notice notice);

    /** For those who are to do something about it, in the hours that the alarm's rule names. */
    void post(Notice notice);
}
