package dev.caravan.sandbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the command line of {@link SandboxCommand} asks for. */
record SandboxArguments(SandboxOptions options, boolean env, boolean help) {
    /** The command line can't be used; the message is for the person who typed it. */
    static final class UsageException extends Exception {
        UsageException(String message) {
            super(message);
        }
    }

    static SandboxArguments parse(String... arguments) throws UsageException {
        SandboxOptions options = SandboxOptions.defaults();
        boolean env = false;
        boolean help = false;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            Optional<Service> service = serviceOf(option);
            if (service.isPresent()) {
                options = options.withPort(service.get(), port(option, value(option, rest)));
            } else if (option.equals("--data")) {
                options = options.withData(Path.of(value(option, rest)));
            } else if (option.equals("--faulty-aws")) {
                options = options.withFaultyAws();
            } else if (option.equals("--env")) {
                env = true;
            } else if (option.equals("--help")) {
                help = true;
            } else {
                throw new UsageException("Unknown option " + option + "; the options are " + known() + ".");
            }
        }
        return new SandboxArguments(options, env, help);
    }

    private static Optional<Service> serviceOf(String option) {
        return Arrays.stream(Service.values())
                .filter(s -> s.option().equals(option))
                .findFirst();
    }

    private static String value(String option, Iterator<String> rest) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value.");
        }
        return rest.next();
    }

    private static int port(String option, String value) throws UsageException {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65535) {
            throw new UsageException(option + " needs a port from 1 to 65535, not " + value + ".");
        }
        return Integer.parseInt(value);
    }

    private static String known() {
        return "--env, --data DIR, --faulty-aws, "
                + Arrays.stream(Service.values()).map(s -> s.option() + " N").collect(Collectors.joining(", "))
                + " and --help";
    }
}
