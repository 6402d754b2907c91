use leptos::prelude::*;
use model::CampaignStage;

use crate::texts::texts;

/// The measures of the drawing, in its own units.
const WIDTH: i64 = 640;
const BAR: i64 = 30;
const STEP: i64 = 44;

/// How many people have come at least as far as each stage: as bars, and as a table for those who do not see them.
#[component]
pub(super) fn Funnel(stages: Vec<(CampaignStage, i64)>, total: i64) -> impl IntoView {
    let words = &texts().campaigns;
    let reached = reached(&stages);
    let height = STEP * i64::try_from(reached.len()).unwrap_or(0);
    let bars = reached.iter().enumerate().map(|(index, (_, people))| {
        let y = STEP * i64::try_from(index).unwrap_or(0);
        let length = if total > 0 { WIDTH * people / total } else { 0 };
        view! {
            <rect class="funnel-rest" x="0" y=y width=WIDTH height=BAR rx="4" />
            <rect class="funnel-bar" x="0" y=y width=length height=BAR rx="4" />
        }
    });
    let exact = stages.clone();
    let rows = reached.iter().map(|&(stage, people)| {
        let stuck = exact
            .iter()
            .find_map(|(one, count)| (*one == stage).then_some(*count))
            .unwrap_or(0);
        let share = if total > 0 { 100 * people / total } else { 0 };
        view! {
            <tr>
                <th scope="row">{(words.stage_name)(stage)}</th>
                <td>{people}</td>
                <td>{format!("{share} %")}</td>
                <td>
                    <a href=format!("?stage={}#people", stage.as_str()) rel="external">
                        {stuck}
                        <span class="visually-hidden">{format!(": {}", (words.stage_name)(stage))}</span>
                    </a>
                </td>
            </tr>
        }
    });
    view! {
        <section class="panel" aria-labelledby="funnel">
            <h2 id="funnel">{words.funnel}</h2>
            <div class="funnel">
                <svg
                    viewBox=format!("0 0 {WIDTH} {height}")
                    preserveAspectRatio="none"
                    aria-hidden="true"
                    focusable="false"
                >
                    {bars.collect_view()}
                </svg>
                <div class="table-scroll">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{words.stage}</th>
                                <th scope="col">{words.people}</th>
                                <th scope="col">{words.share}</th>
                                <th scope="col">{words.stopped_here}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </div>
        </section>
    }
}

/// The sums from the end, without those who wait to be invited.
fn reached(stages: &[(CampaignStage, i64)]) -> Vec<(CampaignStage, i64)> {
    let invited = stages
        .iter()
        .filter(|(stage, _)| *stage != CampaignStage::Waiting);
    invited
        .map(|(stage, _)| {
            let from_here = stages.iter().filter(|(other, _)| other >= stage);
            (*stage, from_here.map(|(_, people)| people).sum())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_come_far_counts_in_all_stages_before() {
        let stages = [
            (CampaignStage::Waiting, 5),
            (CampaignStage::Invited, 4),
            (CampaignStage::Opened, 0),
            (CampaignStage::Activated, 2),
            (CampaignStage::Enrolled, 0),
            (CampaignStage::Onboarded, 1),
        ];
        let counts: Vec<i64> = reached(&stages).iter().map(|(_, people)| *people).collect();
        assert_eq!(counts, [7, 3, 3, 1, 1]);
    }
}
