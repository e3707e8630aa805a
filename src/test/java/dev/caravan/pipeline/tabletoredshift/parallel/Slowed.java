package dev.caravan.pipeline.tabletoredshift.parallel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;

/** A connection whose process stands still before a statement. */
final class Slowed {
    private Slowed() {}

    /** Stands still. */
    interface Stop {
        void stop() throws Exception;
    }

    /** @param before what the statement begins with */
    static Connection before(String before, Stop stop, Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Slowed.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = call(real, method, arguments);
                    return result instanceof Statement statement
                                    && method.getName().equals("createStatement")
                            ? statement(statement, before, stop)
                            : result;
                });
    }

    private static Statement statement(Statement real, String before, Stop stop) {
        return (Statement) Proxy.newProxyInstance(
                Slowed.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("execute")
                            && String.valueOf(arguments[0]).startsWith(before)) {
                        stop.stop();
                    }
                    return call(real, method, arguments);
                });
    }

    private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
