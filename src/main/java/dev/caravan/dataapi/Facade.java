package dev.caravan.dataapi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/** One of JDBC's interfaces before an object that has some of its methods; the others say that they aren't there. */
record Facade(Class<?> type, Object target) implements InvocationHandler {

    /** The object's methods of the same name and parameters are the interface's. */
    static <T> T of(Class<T> type, Object target) {
        return type.cast(
                Proxy.newProxyInstance(Facade.class.getClassLoader(), new Class<?>[] {type}, new Facade(type, target)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> type.getSimpleName() + " of the Redshift Data API";
            };
        }
        try {
            return own(method).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Method own(Method method) throws SQLFeatureNotSupportedException {
        for (Class<?> of = target.getClass(); of != null; of = of.getSuperclass()) {
            try {
                return of.getDeclaredMethod(method.getName(), method.getParameterTypes());
            } catch (NoSuchMethodException e) {
                // perhaps the class above has it
            }
        }
        throw new SQLFeatureNotSupportedException(
                "a cluster that is reached through the Data API has no " + type.getSimpleName() + "." + method.getName()
                        + "; reach it by JDBC",
                "0A000");
    }
}
