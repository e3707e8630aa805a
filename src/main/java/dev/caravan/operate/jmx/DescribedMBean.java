package dev.caravan.operate.jmx;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotCompliantMBeanException;
import javax.management.StandardMBean;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/**
 * An MBean that says what Camel's annotations on its interface say. If Camel made it of them, Hawtio would list every getter among the
 * operations, twenty beside the three that do something, and name no argument.
 */
final class DescribedMBean<T> extends StandardMBean {

    /** @param type the interface with the annotations; operations have names of their own */
    DescribedMBean(T bean, Class<T> type) throws NotCompliantMBeanException {
        super(bean, type);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        ManagedResource resource = getMBeanInterface().getAnnotation(ManagedResource.class);
        return resource == null ? super.getDescription(info) : resource.description();
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return method((info.isIs() ? "is" : "get") + info.getName())
                .map(annotation(ManagedAttribute.class))
                .map(ManagedAttribute::description)
                .orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return method(info.getName())
                .map(annotation(ManagedOperation.class))
                .map(ManagedOperation::description)
                .orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int position) {
        return method(operation.getName())
                .map(method -> method.getParameters()[position].getName())
                .orElseGet(() -> super.getParameterName(operation, parameter, position));
    }

    private Optional<Method> method(String name) {
        return Arrays.stream(getMBeanInterface().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst();
    }

    private static <A extends java.lang.annotation.Annotation> Function<Method, A> annotation(Class<A> type) {
        return method -> method.getAnnotation(type);
    }
}
