use super::order::{Order, Place};

fn places(given: &[(&str, u32)]) -> Vec<Place> {
    given
        .iter()
        .map(|(id, priority)| Place {
            id: (*id).to_owned(),
            priority: *priority,
        })
        .collect()
}

fn put(order: Order, given: &[(&str, u32)], id: &str, wanted: Option<u32>) -> Vec<(String, u32)> {
    let mut places = places(given);
    order.put(&mut places, id, wanted);
    places
        .into_iter()
        .map(|place| (place.id, place.priority))
        .collect()
}

fn expected(list: &[(&str, u32)]) -> Vec<(String, u32)> {
    list.iter()
        .map(|(id, priority)| ((*id).to_owned(), *priority))
        .collect()
}

#[test]
fn those_in_the_way_move_back_and_a_place_behind_the_last_is_the_last() {
    let three = [("a", 1), ("b", 2), ("c", 3)];
    let dense = |id, wanted| put(Order::Dense, &three, id, wanted);
    for (wanted, end) in [(None, 4), (Some(4), 4), (Some(999), 4)] {
        assert_eq!(
            dense("d", wanted),
            expected(&[("a", 1), ("b", 2), ("c", 3), ("d", end)])
        );
    }
    assert_eq!(
        dense("d", Some(2)),
        expected(&[("a", 1), ("d", 2), ("b", 3), ("c", 4)])
    );
    assert_eq!(
        dense("d", Some(0)),
        expected(&[("d", 1), ("a", 2), ("b", 3), ("c", 4)])
    );
    assert_eq!(
        dense("a", Some(3)),
        expected(&[("b", 1), ("c", 2), ("a", 3)])
    );
    assert_eq!(
        dense("c", Some(1)),
        expected(&[("c", 1), ("a", 2), ("b", 3)])
    );
}

#[test]
fn rules_for_apps_keep_the_priorities_they_asked_for_before_the_last_rule() {
    let sparse = |given: &[(&str, u32)], wanted| put(Order::Sparse, given, "x", wanted);
    assert_eq!(sparse(&[], None), expected(&[("x", 0)]));
    assert_eq!(sparse(&[], Some(999)), expected(&[("x", 98)]));
    assert_eq!(
        sparse(&[("a", 0), ("b", 40)], None),
        expected(&[("a", 0), ("b", 40), ("x", 41)])
    );
    assert_eq!(
        sparse(&[("a", 0), ("b", 1), ("c", 40)], Some(0)),
        expected(&[("x", 0), ("a", 1), ("b", 2), ("c", 40)])
    );
    assert_eq!(
        sparse(&[("a", 97), ("b", 98)], None),
        expected(&[("a", 96), ("b", 97), ("x", 98)])
    );
}

#[test]
fn policies_for_apps_have_no_order() {
    assert_eq!(
        put(Order::None, &[("a", 1)], "x", Some(7)),
        expected(&[("a", 1), ("x", 1)])
    );
}
