package dev.caravan.sandbox.redshift.copy.value;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

/**
 * What COPY reads as hexadecimal digits: a VARBYTE ("For CSV, the data is loaded from a file in hexadecimal representation of the VARBYTE data"), and
 * a shape, which may be well-known text as well ("Loading a column of the GEOMETRY or GEOGRAPHY data type"). The words of the reasons are no quotes.
 */
final class HexValues {
    private static final int PARSE = 1200;
    private static final int TOO_LONG = 1204;
    private static final int INVALID_DIGIT = 1207;
    private static final String SRID = "SRID=";

    private HexValues() {}

    static byte[] bytes(Column column, String text) throws BadValue {
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                throw new BadValue(
                        INVALID_DIGIT,
                        i,
                        "Invalid digit, Value '" + text.charAt(i) + "', Pos " + i + ", Type: "
                                + column.kind().inReasons());
            }
        }
        if (text.length() % 2 != 0) {
            throw new BadValue(PARSE, text.length() - 1, "Hexadecimal digits come in pairs");
        }
        if (column.width() > 0 && text.length() / 2 > column.width()) {
            throw new BadValue(TOO_LONG, column.width() * 2, "String length exceeds DDL length");
        }
        return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] shape(String text) throws BadValue {
        try {
            Geometry shape = !text.isEmpty() && HexFormat.isHexDigit(text.charAt(0))
                    ? new WKBReader().read(WKBReader.hexToBytes(text))
                    : wellKnown(text);
            int dimensions = Double.isNaN(
                            shape.getCoordinate() == null
                                    ? Double.NaN
                                    : shape.getCoordinate().getZ())
                    ? 2
                    : 3;
            byte[] bytes = new WKBWriter(dimensions, ByteOrderValues.LITTLE_ENDIAN, shape.getSRID() != 0).write(shape);
            return WKBWriter.toHex(bytes).getBytes(StandardCharsets.US_ASCII);
        } catch (ParseException | IllegalArgumentException e) {
            throw new BadValue(PARSE, 0, "Invalid geometry: " + e.getMessage());
        }
    }

    private static Geometry wellKnown(String text) throws ParseException {
        int end = text.indexOf(';');
        boolean numbered = text.toUpperCase(Locale.ROOT).startsWith(SRID) && end > 0;
        Geometry shape = new WKTReader().read(numbered ? text.substring(end + 1) : text);
        if (numbered) {
            shape.setSRID(Integer.parseInt(text.substring(SRID.length(), end).strip()));
        }
        return shape;
    }
}
