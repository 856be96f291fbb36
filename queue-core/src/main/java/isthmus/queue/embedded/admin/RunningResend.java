package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.ResendJob;
import isthmus.queue.api.admin.ResendJob.State;

/** One resend of many: written by the thread that does it, read and cancelled by any. */
final class RunningResend {
    private final String id;
    private final String group;
    private State state = State.RUNNING; // under this
    private String problem = ""; // under this
    private long sent; // under this
    private long total; // under this
    private boolean cancelled; // under this

    RunningResend(String id, String group, long total) {
        this.id = id;
        this.group = group;
        this.total = total;
    }

    String id() {
        return id;
    }

    String group() {
        return group;
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    synchronized boolean goesOn() {
        return !cancelled;
    }

    synchronized void cancel() {
        cancelled = true;
    }

    synchronized void sentOne() {
        sent++;
        total = Math.max(total, sent);
    }

    synchronized long sent() {
        return sent;
    }

    synchronized void end(State end, String why) {
        state = end;
        problem = why;
    }

    synchronized ResendJob status() {
        return new ResendJob(id, group, state, sent, total, problem);
    }
}
