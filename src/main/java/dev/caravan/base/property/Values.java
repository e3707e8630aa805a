package dev.caravan.base.property;

import dev.caravan.base.Fault;
import dev.caravan.base.property.Reading.Good;
import dev.caravan.base.property.Reading.Wrong;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one bean's properties are. Setting one never throws: what is wrong is remembered as a {@link Fault}, so that start-up can report everything at once, and
 * the property is then as if nothing had been written. Written by one thread, Camel's, before others read.
 */
public final class Values {
    private static final Pattern SECRET =
            Pattern.compile("key|master|symm|secret|password|token|credential", Pattern.CASE_INSENSITIVE);

    private final PropertySet properties;
    private final Map<Property<?>, Object> values = new HashMap<>();
    private final Map<String, String> written = new TreeMap<>();
    private final Map<String, Fault> faults = new TreeMap<>();
    private volatile @Nullable Values shared;

    /** Nothing is written yet. */
    public Values(PropertySet properties) {
        this.properties = properties;
    }

    /** Takes a property's text; a blank one takes back what was written. An unknown name is a fault, with the name that was probably meant. */
    public void set(String name, String text) {
        Optional<Property<?>> property = properties.named(name);
        if (property.isPresent()) {
            set(property.get(), text.strip());
        } else {
            remember(name, text, properties.unknown(name));
        }
    }

    /** As {@link #set}, but the name's case doesn't count. */
    public void setIgnoringCase(String name, String text) {
        set(
                properties
                        .named(name)
                        .or(() -> properties.namedLike(name))
                        .map(Property::name)
                        .orElse(name),
                text);
    }

    /** Takes something that was set within a property; of one that has no parts, note is taken that it isn't to be. */
    public void setPart(String name, String part, String text) {
        Optional<Property<?>> property = properties.named(name).filter(Property::hasParts);
        if (property.isPresent()) {
            String more = part + "=" + text.strip();
            set(
                    property.get(),
                    written(property.get()).map(before -> before + ", " + more).orElse(more));
            return;
        }
        remember(
                name + "." + part,
                text,
                "a property of " + properties.owner()
                        + " has no parts; write one text, several names separated by commas");
    }

    private <T> void set(Property<T> property, String text) {
        String name = property.name();
        faults.remove(name);
        written.remove(name);
        values.remove(property);
        if (text.isEmpty()) {
            return;
        }
        Reading<T> reading = property.form().reader().apply(text);
        if (reading instanceof Good<T> good) {
            written.put(name, property.isSecret() ? Property.HIDDEN : good.written());
            values.put(property, good.value());
        } else if (reading instanceof Wrong<T> wrong) {
            faults.put(name, new Fault(name, property.isSecret() ? "" : wrong.shown(), wrong.advice()));
        }
    }

    /** A secret may stand under a misspelled name. */
    private void remember(String key, String text, String advice) {
        faults.put(key, new Fault(key, SECRET.matcher(key).find() ? "" : text, advice));
    }

    /** Where to look for properties that a setting says for all beans. */
    public void fallBackTo(Values forAll) {
        shared = forAll;
    }

    /** The bean's own value, else the one for all beans, else the default. */
    public <T> Optional<T> find(Property<T> property) {
        return own(property)
                .or(() -> shared(property).flatMap(forAll -> forAll.own(property)))
                .or(property::byDefault);
    }

    /** As {@link #find}, of a property that always has a value. */
    public <T> T get(Property<T> property) {
        return find(property).orElseThrow();
    }

    /** What a property was set to, as it was written, a secret as {@link Property#HIDDEN}; empty if it wasn't, or can't be understood. */
    public Optional<String> written(Property<?> property) {
        return Optional.ofNullable(written.get(property.name()));
    }

    /** What a setting says of a property for all beans, as it is written. */
    public Optional<String> writtenForAll(Property<?> property) {
        return shared(property).flatMap(forAll -> forAll.written(property));
    }

    /** The same properties, to be changed without changing these. */
    public Values copy() {
        Values copy = new Values(properties);
        copy.values.putAll(values);
        copy.written.putAll(written);
        copy.faults.putAll(faults);
        copy.shared = shared;
        return copy;
    }

    /** With another value, whatever was written. */
    public <T> Values with(Property<T> property, T value) {
        values.put(property, value);
        return this;
    }

    /** What is wrong, by property. */
    public Collection<Fault> faults() {
        return List.copyOf(faults.values());
    }

    @SuppressWarnings("unchecked")
    private <T> Optional<T> own(Property<T> property) {
        return Optional.ofNullable((T) values.get(property));
    }

    private Optional<Values> shared(Property<?> property) {
        return property.setting().isPresent() ? Optional.ofNullable(shared) : Optional.empty();
    }
}
