package dev.caravan.sandbox.redshift.copy.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code 'auto'} recognises, by AWS's samples ("Using automatic recognition with DATEFORMAT and TIMEFORMAT", "Date, time, and timestamp literals"):
 * a date in one of many forms, month before day, a time anywhere in it, a zone and an era behind it.
 *
 * @param date with its era, as PostgreSQL reads both
 * @param zone empty if there is none
 */
record AutoTemporal(LocalDate date, boolean beforeChrist, LocalTime time, String zone) {
    private static final Pattern ERA = Pattern.compile("(?i)(.*?)\\s+(BC|AD)");
    private static final Pattern PACKED =
            Pattern.compile("(\\d{6}|\\d{8})[ T](\\d{2})(\\d{2})(\\d{2}(?:\\.\\d+)?)(.*)");
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\d.])(\\d{1,2}):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,9})?))?(?:\\s?([AaPp][Mm]))?(?![\\d:.])");
    private static final Pattern BEHIND =
            Pattern.compile("\\s*(\\d{4})?\\s*(Z|[+-]\\d{1,2}(?::?\\d{2})?|[A-Za-z]+(?:/\\w+)*)?\\s*");
    private static final Set<String> ZONES = Set.of(
            "Z", "UT", "UTC", "GMT", "PST", "PDT", "MST", "MDT", "CST", "CDT", "EST", "EDT", "CET", "CEST", "EET",
            "EEST", "WET", "BST", "MSK", "JST", "KST");
    static final int FIRST_OF_TWO_DIGITS = 1970;

    /** Year, month and day by the names of their groups; what says less stands further down. */
    private static final List<Pattern> DATES = List.of(
            Pattern.compile("(?<y>\\d{4})[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})"),
            Pattern.compile("(?<m>\\d{1,2})[-/.](?<d>\\d{1,2})[-/.](?<y>\\d{4}|\\d{2})"),
            Pattern.compile("(?<y>\\d{4}|\\d{2})(?<m>\\d{2})(?<d>\\d{2})"),
            Pattern.compile("(?<d>\\d{1,2})[- ](?<m>[A-Za-z]{3,9})[- ,]+(?<y>\\d{4}|\\d{2})"),
            Pattern.compile("(?<m>[A-Za-z]{3,9})[- ](?<d>\\d{1,2})[- ,]+(?<y>\\d{4}|\\d{2})"),
            Pattern.compile("(?<y>\\d{4})[- ](?<m>[A-Za-z]{3,9})[- ](?<d>\\d{1,2})"));

    private static final Pattern JULIAN = Pattern.compile("[Jj](\\d{1,7})");
    private static final Pattern DAY_OF_YEAR = Pattern.compile("(\\d{4})\\.(\\d{3})");

    static Optional<AutoTemporal> of(String text) {
        try {
            return parse(text);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<AutoTemporal> parse(String text) {
        Matcher era = ERA.matcher(text);
        boolean bc = era.matches() && era.group(2).equalsIgnoreCase("BC");
        String rest = era.matches() ? era.group(1) : text;
        Matcher packed = PACKED.matcher(rest);
        if (packed.matches()) {
            rest = packed.replaceFirst("$1 $2:$3:$4$5");
        }
        Matcher time = TIME.matcher(rest);
        if (!time.find()) {
            return date(rest, bc).map(date -> new AutoTemporal(date, bc, LocalTime.MIDNIGHT, ""));
        }
        Matcher behind = BEHIND.matcher(rest).region(time.end(), rest.length());
        if (!behind.matches()) {
            return Optional.empty();
        }
        String day = rest.substring(0, time.start()).strip().replaceFirst("(?<=\\d)[Tt]$", "");
        String zone = behind.group(2) == null ? "" : behind.group(2);
        return isZone(zone)
                ? date(behind.group(1) == null ? day : day + " " + behind.group(1), bc)
                        .map(date -> new AutoTemporal(date, bc, time(time), zone))
                : Optional.empty();
    }

    private static boolean isZone(String zone) {
        return zone.isEmpty()
                || "+-".indexOf(zone.charAt(0)) >= 0
                || ZONES.contains(zone.toUpperCase(Locale.ROOT))
                || (zone.contains("/") && ZoneId.getAvailableZoneIds().contains(zone));
    }

    private static LocalTime time(Matcher time) {
        int hour = Integer.parseInt(time.group(1));
        String half = time.group(4) == null ? "" : time.group(4).toUpperCase(Locale.ROOT);
        if (!half.isEmpty() && hour == 12) {
            hour = 0;
        }
        String seconds = time.group(3) == null ? "00" : time.group(3);
        return LocalTime.parse("%02d:%s:%s".formatted(half.equals("PM") ? hour + 12 : hour, time.group(2), seconds));
    }

    private static Optional<LocalDate> date(String text, boolean bc) {
        Matcher julian = JULIAN.matcher(text);
        if (julian.matches()) {
            return Optional.of(LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, Long.parseLong(julian.group(1))));
        }
        Matcher day = DAY_OF_YEAR.matcher(text);
        if (day.matches()) {
            return Optional.of(LocalDate.ofYearDay(Integer.parseInt(day.group(1)), Integer.parseInt(day.group(2))));
        }
        for (Pattern form : DATES) {
            Matcher date = form.matcher(text);
            if (date.matches()) {
                int month = month(date.group("m"));
                return Optional.of(LocalDate.of(year(date.group("y"), bc), month, Integer.parseInt(date.group("d"))));
            }
        }
        return Optional.empty();
    }

    private static int year(String digits, boolean bc) {
        int year = Integer.parseInt(digits);
        if (bc) {
            return 1 - year;
        }
        return digits.length() == 2 ? twoDigits(year) : year;
    }

    /** As PostgreSQL takes them: 70 to 99 were in the last century. */
    private static int twoDigits(int year) {
        return year + (year < FIRST_OF_TWO_DIGITS % 100 ? 2000 : 1900);
    }

    private static int month(String text) {
        if (Character.isDigit(text.charAt(0))) {
            return Integer.parseInt(text);
        }
        for (Month month : Month.values()) {
            if (month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).equalsIgnoreCase(text)
                    || month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equalsIgnoreCase(text)) {
                return month.getValue();
            }
        }
        throw new DateTimeException(text);
    }

    String dateText() {
        return day() + era();
    }

    String momentText() {
        return day() + " " + time + (zone.isEmpty() ? "" : " " + zone) + era();
    }

    private String day() {
        int year = beforeChrist ? 1 - date.getYear() : date.getYear();
        return "%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth());
    }

    private String era() {
        return beforeChrist ? " BC" : "";
    }
}
