package dev.caravan.feed;

import static dev.caravan.redshift.target.CopyParameter.ACCEPTANYDATE;
import static dev.caravan.redshift.target.CopyParameter.ACCEPTINVCHARS;
import static dev.caravan.redshift.target.CopyParameter.DELIMITER;
import static dev.caravan.redshift.target.CopyParameter.ESCAPE;
import static dev.caravan.redshift.target.CopyParameter.EXPLICIT_IDS;
import static dev.caravan.redshift.target.CopyParameter.FILLRECORD;
import static dev.caravan.redshift.target.CopyParameter.IGNOREALLERRORS;
import static dev.caravan.redshift.target.CopyParameter.IGNOREBLANKLINES;
import static dev.caravan.redshift.target.CopyParameter.IGNOREHEADER;
import static dev.caravan.redshift.target.CopyParameter.MAXERROR;
import static dev.caravan.redshift.target.CopyParameter.NULL;
import static dev.caravan.redshift.target.CopyParameter.QUOTE;
import static dev.caravan.redshift.target.CopyParameter.REGION;
import static dev.caravan.redshift.target.CopyParameter.REMOVEQUOTES;
import static dev.caravan.redshift.target.CopyParameter.SERIALIZETOJSON;
import static dev.caravan.redshift.target.CopyParameter.STATUPDATE;
import static dev.caravan.redshift.target.CopyParameter.TIMEFORMAT;

import dev.caravan.base.Fault;
import dev.caravan.redshift.target.CopyFormat.Kind;
import dev.caravan.redshift.target.CopyOptions;
import dev.caravan.redshift.target.CopyOptions.Setting;
import dev.caravan.redshift.target.CopyParameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Redshift refuses to have in one COPY, said at start rather than by every load: a feed's format, options and key together. The rules are
 * those of "COPY parameters" and "COPY from columnar data formats" in Redshift's developer guide.
 */
public final class CopyRules {
    private static final String OPTIONS = "copyOptions";
    private static final long MOST_ERRORS = 100_000;
    private static final long FEWEST_SAMPLED = 1000;
    private static final long MOST_NUMBER = Integer.MAX_VALUE;

    private static final Set<String> TEMPORAL_KEYWORDS = Set.of("auto", "epochsecs", "epochmillisecs");
    private static final Pattern ZONE = Pattern.compile("TZ|tz|OF");

    private static final EnumSet<CopyParameter> OF_COLUMNAR =
            EnumSet.of(ACCEPTINVCHARS, EXPLICIT_IDS, FILLRECORD, SERIALIZETOJSON, STATUPDATE);

    private CopyRules() {}

    /** What can't stand together, by the feed's properties; none if the properties by themselves have faults. */
    static List<Fault> faults(Feed feed) {
        List<Setting> settings = CopyOptions.of(feed.copyOptions()).settings();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            Setting setting = settings.get(i);
            withOthers(setting, settings.subList(0, i))
                    .or(() -> withFormat(setting.parameter(), feed.format().kind()))
                    .or(() -> value(setting, feed.format().kind()))
                    .ifPresent(advice -> faults.add(new Fault(OPTIONS, inWords(setting), advice)));
        }
        if (feed.isStaged() && feed.hasExplicitIds()) {
            faults.add(
                    new Fault(
                            OPTIONS,
                            EXPLICIT_IDS.name(),
                            "rows go through temporary tables, which have no IDENTITY columns, and INSERT takes no value for"
                                    + " one; remove it, and writeMode, fileColumn and loadedAtColumn if ids must come from files"));
        }
        Kind format = feed.format().kind();
        if (feed.masterSymmetricKey().isPresent() && format.isColumnar()) {
            faults.add(new Fault(
                    "masterSymmetricKey",
                    "",
                    "Redshift reads no " + format + " that was encrypted by its writer; remove it,"
                            + " and let S3 encrypt the files (SSE-S3, SSE-KMS), which needs no setting"));
        }
        if (feed.format().argument().equalsIgnoreCase("noshred")
                && feed.columns().size() > 1) {
            faults.add(new Fault(
                    "columns",
                    String.join(", ", feed.columns()),
                    "JSON 'noshred' fills a single SUPER column; write only that one"));
        }
        return faults;
    }

    private static Optional<String> withOthers(Setting setting, List<Setting> before) {
        for (Setting other : before) {
            if (other.parameter() == setting.parameter()) {
                return Optional.of("stands there twice; remove one");
            }
            if (other.parameter().isCompression() && setting.parameter().isCompression()) {
                return Optional.of("the files can't be " + other.parameter() + " as well; remove one");
            }
            if (EnumSet.of(MAXERROR, IGNOREALLERRORS).equals(EnumSet.of(setting.parameter(), other.parameter()))) {
                return Optional.of("Redshift refuses it together with " + other.parameter() + "; remove one");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> withFormat(CopyParameter parameter, Kind format) {
        return refused(format).contains(parameter)
                ? Optional.of(reason(parameter, format) + "; remove it")
                : Optional.empty();
    }

    private static Set<CopyParameter> refused(Kind format) {
        return switch (format) {
            case CSV -> EnumSet.of(ESCAPE, REMOVEQUOTES, SERIALIZETOJSON);
            case DELIMITED -> EnumSet.of(QUOTE, SERIALIZETOJSON);
            case FIXEDWIDTH -> EnumSet.of(DELIMITER, ESCAPE, QUOTE, SERIALIZETOJSON);
            case JSON ->
                EnumSet.of(DELIMITER, ESCAPE, FILLRECORD, IGNOREBLANKLINES, NULL, QUOTE, REMOVEQUOTES, SERIALIZETOJSON);
            case AVRO ->
                EnumSet.of(
                        DELIMITER,
                        ESCAPE,
                        FILLRECORD,
                        IGNOREBLANKLINES,
                        IGNOREHEADER,
                        QUOTE,
                        REMOVEQUOTES,
                        SERIALIZETOJSON);
            case PARQUET, ORC -> EnumSet.complementOf(OF_COLUMNAR);
        };
    }

    private static String reason(CopyParameter parameter, Kind format) {
        if (parameter == SERIALIZETOJSON) {
            return "only PARQUET and ORC take it";
        }
        if (format.isColumnar()) {
            return columnarReason(parameter, format);
        }
        return switch (parameter) {
            case QUOTE -> "only CSV has a quote character, and the format is " + format;
            case ESCAPE ->
                format == Kind.CSV
                        ? "CSV has no escape character (a quote within quotes is doubled)"
                        : "Redshift refuses it with " + format;
            case REMOVEQUOTES ->
                format == Kind.CSV ? "CSV takes quotes off by itself" : "Redshift refuses it with " + format;
            case DELIMITER ->
                format == Kind.FIXEDWIDTH
                        ? "fields of fixed width have no delimiter"
                        : format + " has no delimiter between fields";
            default -> "Redshift refuses it with " + format;
        };
    }

    private static String columnarReason(CopyParameter parameter, Kind format) {
        if (parameter.isCompression()) {
            return format + " files are compressed within, and Redshift finds out how";
        }
        if (parameter == MAXERROR || parameter == IGNOREALLERRORS || parameter == ACCEPTANYDATE) {
            return "a COPY of " + format + " fails at its first error";
        }
        if (parameter == REGION) {
            return format + " is read only from buckets in the cluster's own region";
        }
        return "with " + format + " Redshift takes only "
                + String.join(", ", OF_COLUMNAR.stream().map(Enum::name).toList());
    }

    private static Optional<String> value(Setting setting, Kind format) {
        String text = setting.text();
        return switch (setting.parameter()) {
            case MAXERROR -> number(text, 0, MOST_ERRORS);
            case COMPROWS -> number(text, FEWEST_SAMPLED, MOST_NUMBER);
            case IGNOREHEADER -> number(text, 0, MOST_NUMBER);
            case QUOTE, ACCEPTINVCHARS ->
                setting.value().isEmpty() || isCharacter(text)
                        ? Optional.empty()
                        : Optional.of("write a single ASCII character");
            case DELIMITER -> text.isEmpty() ? Optional.of("write the character between fields") : Optional.empty();
            case NULL ->
                text.equals("\\n")
                        ? Optional.of("COPY ends lines with \\n; write another text that stands for NULL")
                        : Optional.empty();
            case DATEFORMAT, TIMEFORMAT -> temporal(setting.parameter(), text);
            case REGION ->
                text.matches("[a-z]{2}(-[a-z]+)+-\\d")
                        ? Optional.empty()
                        : Optional.of("write a region's name such as 'eu-west-1'");
            case ENCODING ->
                format == Kind.FIXEDWIDTH && !text.toUpperCase(Locale.ROOT).equals("UTF8")
                        ? Optional.of("files of fixed width have to be UTF8; remove it and convert them")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> temporal(CopyParameter parameter, String text) {
        String keyword = text.toLowerCase(Locale.ROOT);
        if (TEMPORAL_KEYWORDS.contains(keyword)) {
            return text.equals(keyword) ? Optional.empty() : Optional.of("write '" + keyword + "', in lower case");
        }
        return parameter == TIMEFORMAT && ZONE.matcher(text).find()
                ? Optional.of("a format has no time zone (TZ, tz, OF); write 'auto', which reads times with one")
                : Optional.empty();
    }

    private static Optional<String> number(String text, long least, long most) {
        boolean fits = text.length() <= 10 && Long.parseLong(text) >= least && Long.parseLong(text) <= most;
        return fits ? Optional.empty() : Optional.of("write a number from " + least + " to " + most);
    }

    /** One character, or one written with a backslash. */
    private static boolean isCharacter(String text) {
        return text.matches("\\p{ASCII}|\\\\(?:\\p{ASCII}|[0-7]{1,3})");
    }

    private static String inWords(Setting setting) {
        return setting.value().isEmpty() ? setting.parameter().name() : setting.parameter() + " " + setting.value();
    }
}
