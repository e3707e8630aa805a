package dev.caravan.sandbox;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one sandbox for the whole run, in memory and on free ports, as a parameter of type {@link Sandbox}. A test that could
 * meet another's objects or messages takes its own {@link Sandbox#landing(String)}.
 */
public final class SandboxExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Sandbox resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // In the root's store, which JUnit closes, the sandbox with it, after the last test.
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Sandbox.class, key -> Sandbox.start(SandboxOptions.anyPorts()), Sandbox.class);
    }
}
