package dev.caravan.sandbox.parts;

/** The account and the region that the sandbox's AWS is. */
public final class Account {
    public static final String REGION = "eu-west-1", ID = "000000000000";

    private Account() {}
}
