package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A connection whose server process is ended before its nth call that does something, or right after COMMIT, whose answer is lost then. What it isn't asked to end
 * goes to the real one.
 */
final class Killing {
    private final MirrorTarget target;
    private final Connection real;
    private final int pid;
    private final int at;
    private final boolean behindCommit;
    private int calls;

    private Killing(MirrorTarget target, Connection real, int at, boolean behindCommit) throws SQLException {
        this.target = target;
        this.real = real;
        this.at = at;
        this.behindCommit = behindCommit;
        pid = MirrorTarget.pid(real);
    }

    /** @param at before which call, 1 for the first */
    static Killing before(MirrorTarget target, int at) throws SQLException {
        return new Killing(target, target.connect(), at, false);
    }

    /** @param at behind which COMMIT */
    static Killing behindCommit(MirrorTarget target, int at) throws SQLException {
        return new Killing(target, target.connect(), at, true);
    }

    /** Whether it was. */
    boolean hasEnded() {
        return calls >= at;
    }

    Connection connection() {
        return proxy(Connection.class, real);
    }

    private <T> T proxy(Class<T> type, Object on) {
        InvocationHandler handler = (proxy, method, arguments) -> call(on, method, arguments);
        return type.cast(Proxy.newProxyInstance(Killing.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object call(Object on, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        boolean commits = name.equals("commit");
        boolean counts = behindCommit
                ? commits
                : commits
                        || name.startsWith("execute")
                        || List.of("unwrap", "setSavepoint", "releaseSavepoint").contains(name);
        boolean now = counts && ++calls == at;
        if (now && !behindCommit) {
            target.terminate(pid);
        }
        Object result;
        try {
            result = method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
        if (now && behindCommit) {
            target.terminate(pid);
            throw new SQLException("the answer to COMMIT is lost", "08006");
        }
        if (result instanceof PreparedStatement) {
            return proxy(PreparedStatement.class, result);
        }
        return result instanceof Statement ? proxy(Statement.class, result) : result;
    }
}
