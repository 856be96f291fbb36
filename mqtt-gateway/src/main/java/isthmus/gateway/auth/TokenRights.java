package isthmus.gateway.auth;

import isthmus.gateway.spi.Rights;
import org.jspecify.annotations.Nullable;

/**
 * What an account may do and a token is for, both.
 *
 * @param reading what may be read with a token; null without one for reading
 * @param writing what may be written with a token; null without one for writing
 */
record TokenRights(Rights account, @Nullable Rights reading, @Nullable Rights writing) implements Rights {
    @Override
    public boolean mayPublish(String topic) {
        return writing != null && writing.mayPublish(topic) && account.mayPublish(topic);
    }

    @Override
    public boolean maySubscribe(String filter) {
        return reading != null && reading.maySubscribe(filter) && account.maySubscribe(filter);
    }

    @Override
    public boolean mayReceive(String topic) {
        return reading != null && reading.mayReceive(topic) && account.mayReceive(topic);
    }

    @Override
    public boolean mayUse(String groupId) {
        return account.mayUse(groupId);
    }

    @Override
    public boolean mayUseAllGroups() {
        return account.mayUseAllGroups();
    }
}
