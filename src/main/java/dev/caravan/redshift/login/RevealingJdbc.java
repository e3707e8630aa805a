package dev.caravan.redshift.login;

import dev.caravan.redshift.copy.HiddenSecrets;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A driver's connection that gets SQL with its secrets, and whose errors don't have them. */
final class RevealingJdbc {
    private final HiddenSecrets secrets;
    private final JdbcBounds bounds;

    RevealingJdbc(HiddenSecrets secrets, JdbcBounds bounds) {
        this.secrets = secrets;
        this.bounds = bounds;
    }

    Connection of(Connection connection) {
        return wrap(Connection.class, connection);
    }

    private <T> T wrap(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                RevealingJdbc.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> call(target, method, args)));
    }

    private @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (args != null) {
            for (int i = 0; i < args.length; i++) {
                args[i] = args[i] instanceof String sql ? secrets.reveal(sql) : args[i];
            }
        }
        try {
            Object result = method.invoke(target, args);
            if (target instanceof Connection && result instanceof Statement statement) {
                bounds.bound(statement);
            }
            if (result instanceof CallableStatement statement) {
                return wrap(CallableStatement.class, statement);
            } else if (result instanceof PreparedStatement statement) {
                return wrap(PreparedStatement.class, statement);
            } else if (result instanceof Statement statement) {
                return wrap(Statement.class, statement);
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException sql ? concealed(sql) : e.getCause();
        }
    }

    /** The exception itself, unless it, or one behind it, tells a secret. */
    private SQLException concealed(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (!secrets.conceal(message).equals(message)) {
                return copy(e);
            }
        }
        SQLException next = e.getNextException();
        return next == null || concealed(next) == next ? e : copy(e);
    }

    private SQLException copy(SQLException e) {
        SQLException copy =
                new SQLException(secrets.conceal(String.valueOf(e.getMessage())), e.getSQLState(), e.getErrorCode());
        if (e.getNextException() != null) {
            copy.setNextException(concealed(e.getNextException()));
        }
        return copy;
    }
}
