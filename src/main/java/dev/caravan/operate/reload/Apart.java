package dev.caravan.operate.reload;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * A context in which Camel reads and creates what isn't in force. It finds the beans, endpoints and thread pools' profiles of the one that runs, and keeps
 * what it makes for itself.
 */
final class Apart extends DefaultCamelContext implements AutoCloseable {
    private final CamelContext running;

    Apart(CamelContext running) {
        super(new DefaultRegistry(running.getRegistry()));
        this.running = running;
        disableJMX();
        setApplicationContextClassLoader(running.getApplicationContextClassLoader());
        setClassResolver(running.getClassResolver());
        setPropertiesComponent(running.getPropertiesComponent());
        setExecutorServiceManager(new DefaultExecutorServiceManager(this) {
            @Override
            public @Nullable ThreadPoolProfile getThreadPoolProfile(String id) {
                return running.getExecutorServiceManager().getThreadPoolProfile(id);
            }
        });
    }

    @Override
    protected Endpoint doGetEndpoint(
            String uri, @Nullable Map<String, Object> parameters, boolean normalized, boolean prototype) {
        return parameters == null ? running.getEndpoint(uri) : running.getEndpoint(uri, parameters);
    }

    /** Ends the threads that it has made; nothing was started. */
    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(getExecutorServiceManager());
    }
}
