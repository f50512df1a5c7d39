"""Every figure of every published reference: by which recipe it is reproduced, or why it is no KPI (see `published`)."""

from __future__ import annotations

from data.published import NOTE, SHAPE, By, Line, NoKpi, added, judged, quotient

from journeymap.model import kpi

# ---------------------------------------------------------------- surveys on scales

_AIRLINE = By("airline", ("test.csv",))
_ITEMS = ("test", "touchpoints_1to5_zero_excluded", "*")
AIRLINE: list[Line] = [
    (("test", "rows"), _AIRLINE.rows),
    (("test", "cols"), _AIRLINE.columns()),
    (("test", "satisfied_pct"), _AIRLINE.value("csat satisfaction")),
    *judged(_ITEMS, "csat {0}", "rating {0}", _AIRLINE),
    (("test", "mean_including_zeros", "*"), NoKpi("0 stands for “not applicable”: a mean with it is wrong, and shown as a warning")),
    (("test", "zeros", "*"), _AIRLINE.lost("csat {0}", "not_applicable")),
    (("test", "nulls", "Arrival Delay in Minutes"), _AIRLINE.lost("number Arrival delay", "missing")),
    (("test", "mean_departure_delay_min"), _AIRLINE.value("number Departure delay")),
    (("test", "mean_arrival_delay_min"), _AIRLINE.value("number Arrival delay")),
    (("test", "satisfied_pct_by_class", "*"), _AIRLINE.value("csat satisfaction", "Class")),
    (("test", "customer_type_counts", "*"), _AIRLINE.n("csat satisfaction", "Customer Type")),
]  # fmt: skip


def _airport(year: str) -> list[Line]:
    by = By("sfo-2014-2017", (f"{year}*.csv",))
    return [
        ((year, "rows"), by.rows),
        ((year, "cols"), by.columns()),
        *judged((year, "touchpoints", "*"), "csat {0}", "rating {0}", by),
        *judged((year, "cleanliness", "*"), "csat {0}", "rating {0}", by),
        *judged((year, "ease_5easy_1difficult", "*"), "ces {0}", "rating {0}", by),
        ((year, "problem_rate_yes_of_yes_no_pct"), by.dissatisfied("csat Q15PROBLEM")),
    ]


def _recommended(path: tuple[str, ...], by: By, column: str = "") -> list[Line]:
    left = NoKpi("who gave no answer is counted over everybody, not by group") if column else by.lost("nps")
    return [
        ((*path, "n"), by.n("nps", column)),
        ((*path, "mean"), by.value("rating NETPRO", column)),
        ((*path, "promoters"), by.code("nps", 9, 10, by=column)),
        ((*path, "passives"), by.code("nps", 7, 8, by=column)),
        ((*path, "detractors"), by.code("nps", *range(7), by=column)),
        ((*path, "nps"), by.value("nps", column)),
        ((*path, "excluded"), left),
    ]


_RECOMMEND = By("sfo-2017", ("2017*.csv",))
SFO: list[Line] = [
    (("note",), NOTE),
    *(line for year in ("2014", "2015", "2016", "2017") for line in _airport(year)),
    *_recommended(("2017", "NPS_NETPRO"), _RECOMMEND),
    *_recommended(("2017", "NPS_by_BAREA", "*"), _RECOMMEND, "BAREA"),
    (("2017", "NPS_naive_11_as_promoter"), NoKpi("“*_naive keys show the wrong result if 11/0/6 are not excluded”")),
    (("2017", "NPS_weighted_by_WEIGHT"), By("sfo-2017", ("2017*.csv",), "WEIGHT").value("nps")),
]

_COFFEE = By("coffee", ("kaffee_reviews.csv",))
COFFEE: list[Line] = [
    (("rows",), _COFFEE.rows),
    *judged((), "csat", "rating", _COFFEE),
    (("rating_counts", "*"), _COFFEE.code("rating")),
    (("brands",), lambda folder, _keys: len(_COFFEE(folder).intake.blocks[_COFFEE(folder).measure("rating").id, "brand"].values)),
    (("mean_by_brand", "*"), _COFFEE.value("rating", "brand")),
    (("rows_with_umlaut_or_sz",), SHAPE),
]  # fmt: skip

_NHS = By("nhs", ("phase1_text_data.csv",))
_LABELS = NoKpi("how many comments people have put under a label; “it is a human label only within one question”")
NHS: list[Line] = [
    (("phase1", "rows"), _NHS.rows),
    (("phase1", "label", "*"), _LABELS),
    *((("phase1", "criticality_counts", str(code)), _NHS.code("rating", code)) for code in range(-4, 5)),
    (
        ("phase1", "criticality_counts", "*"),
        NoKpi("slips and codes off the scale; the account counts them as unreadable"),
    ),
    (("phase1", "nulls", "criticality"), _NHS.lost("rating", "missing")),
    (("phase1", "nulls", "*"), SHAPE),
    (("phase1", "criticality_mean_naive_with_-9_-6"), NoKpi("naive: codes off the scale taken for answers")),
    (("phase1", "criticality_mean_in_range"), _NHS.value("rating")),
    (("phase1", "criticality_n_in_range"), _NHS.n("rating")),
    (("phase1", "note"), NOTE),
]

_TICKETS = By("tickets", ("*.csv",))
TICKETS: list[Line] = [
    (("rows",), _TICKETS.rows),
    *judged(("csat",), "csat", "rating", _TICKETS),
    *judged(("by_channel", "*"), "csat", "rating", _TICKETS, "Ticket_Channel", groups=True),
    (
        ("resolution_minus_first_response_hours_mean_all",),
        NoKpi("half of the durations in it are negative, see the note"),
    ),
    (("negative_durations",), _TICKETS.lost("response_time", "unreadable")),
    (("negative_pct",), quotient(_TICKETS.lost("response_time", "unreadable"), _TICKETS.rows)),
    (("mean_hours_non_negative",), _TICKETS.value("response_time", statistic="mean")),
    (("note",), NOTE),
]

_STORES = By("stores-tr", ("*.csv",))
STORES: list[Line] = [
    (("rows",), _STORES.rows),
    (("columns", "*"), SHAPE),
    (("Durum", "Olumlu"), _STORES.code("number", 100)),
    (("Durum", "Tarafsız"), _STORES.code("number", 0)),
    (("Durum", "Olumsuz"), _STORES.code("number", -100)),
    (("net_sentiment_pct",), _STORES.value("number")),
    (("null", "Durum"), _STORES.lost("number", "missing")),
    (("null", "Görüş"), SHAPE),
    (("duplicates",), SHAPE),
]

# ---------------------------------------------------------------- customers, transactions, visits

_TELCO = By("telco", ("*.csv",))
_STATUS = By("telco-status", ("*.xlsx",))
_AT_START, _LISTED = f"churn {kpi.AT_START}", f"churn {kpi.LISTED}"
TELCO: list[Line] = [
    (("csv", "rows"), _TELCO.rows),
    (("csv", "cols"), _TELCO.columns()),
    (("csv", "churn_yes"), _TELCO.code("churn", 1)),
    (("csv", "churn_rate_pct"), _TELCO.value("churn")),
    (("csv", "retention_rate_pct"), _TELCO.value("retention")),
    (("csv", "TotalCharges_not_numeric"), _TELCO.lost("number Total charges", "missing", "unreadable")),
    (("csv", "TotalCharges_raw_bad_values", "*"), SHAPE),
    (("csv", "mean_MonthlyCharges"), _TELCO.value("number Monthly charges")),
    (("csv", "mean_tenure_months"), _TELCO.value("number Tenure")),
    (("csv", "sum_TotalCharges"), _TELCO.summed("number Total charges")),
    (("csv", "churn_pct_by_Contract", "*"), _TELCO.value("churn", "Contract")),
    (("csv", "note"), NOTE),
    (("xlsx_status", "rows"), _STATUS.rows),
    *judged(("xlsx_status", "satisfaction"), "csat", "rating", _STATUS),
    (("xlsx_status", "mean_CLTV"), _STATUS.value("clv")),
    (("xlsx_status", "status", "*"), _STATUS.n("rating", "Customer Status")),
    (("xlsx_status", "churn_category", "*"), _STATUS.n(_LISTED, "Churn Category")),
    (("xlsx_status", "mean_satisfaction_by_status", "*"), _STATUS.value("rating", "Customer Status")),
    (("xlsx_status", "churn_rate_pct"), _STATUS.value(_LISTED)),
    (("xlsx_status", "churn_of_customers_at_start_pct"), _STATUS.value(_AT_START)),
    (("xlsx_status", "note"), NOTE),
]

_REPEAT = NoKpi("how many customers bought more than once is none of the KPIs; retention between two periods is")
_CDNOW = By("cdnow", ("CDNOW_master.txt",))
CDNOW: list[Line] = [
    (("transactions",), _CDNOW.rows),
    (("customers",), _CDNOW.n("retention")),
    (("revenue",), _CDNOW.summed("number Transaction")),
    (("mean_transaction",), _CDNOW.value("number Transaction")),
    (("mean_revenue_per_customer_historic_CLV",), _CDNOW.value("clv", statistic="mean")),
    (("median_revenue_per_customer",), _CDNOW.value("clv", statistic="median")),
    (("repeat_customer_pct_2plus_transactions",), _REPEAT),
    (("repeat_customer_pct_2plus_purchase_days",), _REPEAT),
    (("mean_transactions_per_customer",), quotient(_CDNOW.rows, _CDNOW.n("retention"))),  # in percent
    (("date_range", "*"), _CDNOW.days),
    (("customers_active_in_1998",), _CDNOW.code("retention", 1)),
    (("retention_pct_1998_of_all_1997_cohort",), _CDNOW.value("retention")),
    (("zero_value_transactions",), _CDNOW.code("number Transaction", 0)),
]

_RETAIL = By("retail", ("online_retail.parquet",))
_STOCK = NoKpi("about the rows of the shop's ledger, not about customers or visits")
RETAIL: list[Line] = [
    (("rows",), _RETAIL.rows),
    (("null_CustomerID",), lambda folder, _keys: next(
        int(words.split()[0]) for words in _RETAIL(folder).intake.warnings if "name no “CustomerID”" in words
    )),
    (("null_Description",), SHAPE),
    (("negative_quantity_rows",), _STOCK),
    (("unit_price_le_0",), _STOCK),
    (("net_revenue_all_rows",), _STOCK),
    (("net_revenue_known_customers",), lambda folder, _keys: _RETAIL(folder).value("clv", statistic="mean")
     * _RETAIL(folder).measure("clv", "mean").n),
    (("customers",), lambda folder, _keys: _RETAIL(folder).measure("clv", "mean").n),
    (("mean_net_revenue_per_customer",), _RETAIL.value("clv", statistic="mean")),
    (("median_net_revenue_per_customer",), _RETAIL.value("clv", statistic="median")),
    (("customers_with_positive_qty",), _STOCK),
    (("repeat_pct_distinct_invoice_timestamps",), NoKpi("“an invoice can only be approximated by (CustomerID, InvoiceDate)”")),
    (("date_range", "*"), _RETAIL.days),
    (("top_countries_rows", "*"), _STOCK),
    (("note",), NOTE),
]  # fmt: skip

_SHOPPERS = By("shoppers", ("*.csv",))
SHOPPERS: list[Line] = [
    (("rows",), _SHOPPERS.rows),
    (("cols",), _SHOPPERS.columns()),
    (("revenue_true",), _SHOPPERS.code("conversion", 1)),
    (("conversion_pct",), _SHOPPERS.value("conversion")),
    (("mean_BounceRates_pct",), _SHOPPERS.value("bounce")),
    (("mean_ExitRates_pct",), _SHOPPERS.value("number Exit rate", times=100)),
    (("mean_PageValues",), _SHOPPERS.value("number Page value")),
    (("by_VisitorType", "*", "n"), _SHOPPERS.n("conversion", "VisitorType")),
    (("by_VisitorType", "*", "conversion_pct"), _SHOPPERS.value("conversion", "VisitorType")),
    (("by_VisitorType", "*", "bounce_pct"), _SHOPPERS.value("bounce", "VisitorType")),
    (("by_Month_conv_pct", "*"), _SHOPPERS.value("conversion", "Month")),
    (("duplicate_rows",), SHAPE),
]

_FUNNEL = By("funnel", ("user_table.csv",))
_PAGES = {"home": "home_page", "search": "search_page", "payment": "payment_page", "confirmation": "payment_confirmation_page"}  # fmt: skip
_STEPS = [
    (f"{one}->{other}", f"dropoff {_PAGES[one]} → {_PAGES[other]}")
    for one, other in zip(list(_PAGES), list(_PAGES)[1:], strict=False)
]


def _funnel(path: tuple[str, ...], column: str = "") -> list[Line]:
    """Who reached a step is who could leave at it; who reached the last one has not left at the one before."""
    counts = [((*path, "counts", step.split("->")[0]), _FUNNEL.n(name, column)) for step, name in _STEPS]
    return [
        *counts,
        ((*path, "counts", "confirmation"), _FUNNEL.code("conversion", 1, by=column)),
        *(((*path, "step_dropoff_pct", step), _FUNNEL.value(name, column)) for step, name in _STEPS),
        ((*path, "overall_conversion_pct"), _FUNNEL.value("conversion", column)),
    ]


FUNNEL: list[Line] = [
    (("users",), _FUNNEL.rows),
    *_funnel(("overall",)),
    *_funnel(("by_device", "*"), "device"),
    *_funnel(("by_sex", "*"), "sex"),
    (("date_range", "*"), _FUNNEL.days),
]

# ---------------------------------------------------------------- times, joined tables, figures summed up before

_REVIEWS = By("olist-reviews", ("olist_order_reviews_dataset.csv",))
_ORDERS = By("olist-orders", ("olist_orders_dataset.csv",))
_DELIVERED = By("olist-delivered", ("olist_orders_dataset.csv",))
_LATE_ORDERS = By("olist-late-orders", ("olist_orders_dataset.csv",))
_LATE = By("olist-late", ("olist_order_reviews_dataset.csv",))
_ON_TIME = By("olist-on-time", ("olist_order_reviews_dataset.csv",))
OLIST: list[Line] = [
    (("reviews", "rows"), _REVIEWS.rows),
    *judged(("reviews",), "csat", "rating", _REVIEWS),
    (("reviews", "score_counts", "*"), _REVIEWS.code("rating")),
    (("reviews", "comment_message_present"), _REVIEWS.comments),
    (("reviews", "title_present"), SHAPE),
    (("reviews", "mean_hours_creation_to_answer"), _REVIEWS.value("response_time", statistic="mean")),
    (("reviews", "median_hours_creation_to_answer"), _REVIEWS.value("response_time", statistic="median")),
    (("reviews", "duplicate_review_id"), SHAPE),
    (("orders", "rows"), _ORDERS.rows),
    (("orders", "status", "*"), NoKpi("how many orders are in which state on the day of the export")),
    (("orders", "delivered_n"), _DELIVERED.n("response_time")),
    (("orders", "mean_delivery_days"), _DELIVERED.value("response_time", statistic="mean")),
    (("orders", "median_delivery_days"), _DELIVERED.value("response_time", statistic="median")),
    (("orders", "late_pct_of_delivered"), quotient(_LATE_ORDERS.n("response_time"), _DELIVERED.n("response_time"))),
    (("join_orders_reviews", "rows"), added(_LATE.n("rating"), _ON_TIME.n("rating"))),
    (("join_orders_reviews", "mean_score_late"), _LATE.value("rating")),
    (("join_orders_reviews", "mean_score_on_time"), _ON_TIME.value("rating")),
    (("order_items", "*"), NoKpi("the table of order items is not among the files")),
]

_QUESTIONS = By("va-questions", ("hisp-question-details.csv",))
_QUARTERS = By("va-quarterly", ("hisp-quarterly-data.csv",))
VA: list[Line] = [
    (("rows",), _QUESTIONS.rows),
    (("no_data_cells",), lambda folder, _keys: sum(one.missing for one in _QUESTIONS(folder).intake.measures)),
    (("mean_of_quarter_scores", "*"), lambda folder, keys: _asked(folder, keys[0], None)),
    (("score_by_quarter", "*", "*"), lambda folder, keys: _asked(folder, *keys)),
    (("respondents_total",), _QUARTERS.summed("number Respondents")),
    (
        ("response_rate_recomputed_pct", "*"),
        NoKpi("respondents over surveyed: about the survey, not about the journey"),
    ),
]


def _asked(folder, question: str, quarter: str | None):
    """The published mean of a question, in a quarter or over all; None where there is none."""
    found = [
        row.figure for row in _QUESTIONS(folder).rows(None, "quarter" if quarter else None)
        if row.touchpoint == question and (quarter is None or row.figure.period.replace(" ", "-") == quarter)
    ]  # fmt: skip
    assert all((one.n, one.low, one.high, one.hatched) == (None, None, None, True) for one in found), "n is unknown"
    return found[0].value if found else None


# ---------------------------------------------------------------- all of them

REFERENCES: dict[str, list[Line]] = {
    "airline_passenger_satisfaction": AIRLINE,
    "cdnow": CDNOW,
    "de_coffee_reviews": COFFEE,
    "event_logs": [(("*",), NoKpi("logs of events, from which journeys will be found; no source of figures"))],
    "ibm_telco_churn": TELCO,
    "nhs_friends_and_family": NHS,
    "olist_sample": OLIST,
    "sfo_customer_survey": SFO,
    "support_tickets_synthetic": TICKETS,
    "tr_store_reviews_utf16": STORES,
    "uci_online_retail": RETAIL,
    "uci_online_shoppers": SHOPPERS,
    "va_hisp_quarterly": VA,
    "web_funnel": FUNNEL,
}
"""Folder → its lines; the first that fits a path counts. A line whose path is shorter is about everything below it."""
