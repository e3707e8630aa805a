package dev.caravan.pipeline.tabletoredshift.extract;

/** Whether a text begins with a date that Redshift reads: four digits of a year from 1, a month, and a day that this month has. */
enum CalendarDate {
    GOOD,
    /** All is there, but no calendar has it: {@code 0000-00-00}, {@code 2024-02-30}. */
    ON_NO_CALENDAR,
    /** {@code infinity}, {@code 0044-03-15 BC}, {@code 12024-01-01}. */
    OUT_OF_RANGE;

    private static final int LENGTH = "2024-02-29".length();
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    static CalendarDate of(byte[] bytes, int start, int length) {
        if (length < LENGTH || bytes[start + 4] != '-' || bytes[start + 7] != '-' || bytes[start + length - 1] == 'C') {
            return OUT_OF_RANGE;
        }
        int year = number(bytes, start, 4), month = number(bytes, start + 5, 2), day = number(bytes, start + 8, 2);
        if (year < 0 || month < 0 || day < 0) {
            return OUT_OF_RANGE;
        }
        boolean on = year > 0 && month > 0 && month <= DAYS.length && day > 0 && day <= days(year, month);
        return on ? GOOD : ON_NO_CALENDAR;
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && !leap ? 28 : DAYS[month - 1];
    }

    private static int number(byte[] bytes, int start, int digits) {
        int number = 0;
        for (int i = start; i < start + digits; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }
}
