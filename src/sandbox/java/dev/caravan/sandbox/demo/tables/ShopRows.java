package dev.caravan.sandbox.demo.tables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** What a shop for tea and paper has in its tables: invented, the same each time, with the texts that careless loaders break. */
final class ShopRows {
    private static final List<String> FIRST = List.of(
            "Anna", "José", "Zoë", "Søren", "Chloé", "Łukasz", "Nguyễn", "Aoife", "Björk", "Fatma", "John", "O’Neill");
    private static final List<String> LAST = List.of(
            "Smith", "García", "Müller", "Łoś", "O'Brien", "Ångström", "D’Souza", "Çelik", "van der Berg", "Nowak");
    private static final List<String> WHOLE =
            List.of("山田 太郎", "佐藤 花子", "𠮷野 家康", "김민준", "王小明", "محمد علي", "Дмитрий Иванов", "Γιώργος Παππάς");
    private static final List<String> CITIES =
            List.of("Oslo", "東京", "大阪", "København", "São Paulo", "Kraków", "Zürich", "Dublin", "서울", "Αθήνα");
    private static final List<Product> PRODUCTS = List.of(
            new Product("Sencha, 100 g", "12.50"),
            new Product("抹茶（宇治）30g", "28.00"),
            new Product("Earl Grey \"Imperial\" | loose", "9.90"),
            new Product("Genmaicha 玄米茶", "8.75"),
            new Product("Teapot, cast iron, 0,8 l", "64.00"),
            new Product("Washi tape 🎏 3 rolls", "6.40"),
            new Product("Notebook A5, dotted", "14.99"),
            new Product("Fountain pen ink\tblue-black", "17.25"),
            new Product("Gift box 🎁", "3.00"),
            new Product("Sample (free)", "0.00"));
    private static final List<String> NOTES = List.of(
            "",
            "Please ring twice",
            "夜間にお届けください 🙏",
            "It's a gift: \"Happy birthday!\", no invoice",
            "First line\nsecond line\r\nthird",
            "C:\\orders\\new",
            "NULL",
            "\\N",
            "👩‍👩‍👧‍👦 family of four | ¡rápido!",
            " blanks at both ends ");
    private static final List<String> STATUSES = List.of("new", "paid", "shipped", "delivered", "returned");

    private final Random random;

    /** @param seed the same one gives the same rows */
    ShopRows(long seed) {
        random = new Random(seed);
    }

    record Customer(
            int id,
            String name,
            Optional<String> email,
            Optional<String> city,
            Optional<LocalDate> born,
            boolean newsletter) {}

    record Product(String name, BigDecimal price) {
        Product(String name, String price) {
            this(name, new BigDecimal(price));
        }
    }

    record Item(Product product, int quantity) {}

    record Order(long id, int customer, String status, Optional<String> note, List<Item> items) {
        BigDecimal total() {
            return items.stream()
                    .map(item -> item.product().price().multiply(BigDecimal.valueOf(item.quantity())))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    Customer customer(int id) {
        String name = chance(20) ? any(WHOLE) : any(FIRST) + " " + any(LAST);
        Optional<String> email = chance(85)
                ? Optional.of("customer.%d@example.%s".formatted(id, any(List.of("com", "jp", "org"))))
                : Optional.empty();
        LocalDate born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(25_000));
        return new Customer(
                id, name, email, maybe(90, any(CITIES)), chance(70) ? Optional.of(born) : Optional.empty(), chance(40));
    }

    /** @param customers their ids are from 1 to so many */
    Order order(long id, int customers) {
        List<Item> items = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            items.add(new Item(any(PRODUCTS), 1 + random.nextInt(5)));
        }
        return new Order(id, 1 + random.nextInt(customers), any(STATUSES), maybe(30, any(NOTES)), items);
    }

    String status() {
        return any(STATUSES);
    }

    String city() {
        return any(CITIES).toUpperCase(Locale.ROOT);
    }

    /** From 1 to so many. */
    int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Optional<String> maybe(int percent, String value) {
        return chance(percent) ? Optional.of(value) : Optional.empty();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
