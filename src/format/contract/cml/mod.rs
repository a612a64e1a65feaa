//! CML, the language of Context Mapper: the context map, every context with its aggregates, messages and flows, the
//! external systems, the teams and the subdomains.
//!
//! Not carried, as CML has no word for them: places, policies and read models as such (a policy is the step it causes
//! and a comment, a read model an operation that only reads), times, screens, hotspots and what stands beside the story.

mod context;
mod map;
mod out;
mod scope;
mod strategy;

use super::Names;
use crate::format::ident::Style;
use crate::format::{Choices, landscape};
use crate::model::Board;
use crate::query::outline::Party;
use crate::query::{Outline, Projection};
use context::Bodies;
use map::Map;
use out::Out;
use scope::Scope;
use strategy::Strategy;

/// Words of the grammar that begin like a name.
const RESERVED: &str = "ACL Aggregate Application ApplicationPart As AvailabilityCriticality Bag BasicType \
    BoundedContext C CF CONCRETE COMMODITY Collection Command CommandEvent Compatibilities ConsistencyCriticality \
    Consumer ContentVolatility ContextMap Coordination D DELETE DataTransferObject Domain DomainEvent Entity Event \
    FEATURE Flow GENESIS GET HIGH HUGE I INFLUENCER In LOW List MEDIUM META MONOPOLIST Map Module NORMAL O OFTEN OHS \
    ORGANIZATIONAL P PL POST PRODUCT PUT Partnership PredefinedService RARELY Repository Resource S SK SYSTEM \
    SecurityAccessGroup SecurityCriticality SeparatedSecurityZone Service Set SharedOwnerGroup Stakeholder \
    StakeholderGroup Stakeholders StorageSimilarity StructuralVolatility Subdomain TEAM TINY TacticDDDApplication \
    Trait U UNDEFINED UseCase UserRequirement UserStory Value ValueCluster ValueEpic ValueNarrative ValueObject \
    ValueRegister ValueWeigthing When X";

/// Writes the wall, or one context with those who talk with it and what it hears of them.
pub(in crate::format) fn write(board: &Board, choices: &Choices) -> String {
    let outline = Outline::of(board, &Projection::of(board));
    let lang = choices.lang;
    let reserved: Vec<&str> = RESERVED.split_whitespace().collect();
    let mut names = Names::of(&outline, Style::Pascal, &reserved);
    let scope = Scope::of(board, &outline, choices);
    let strategy = Strategy::of(board, &outline, &scope, &mut names);
    let bodies = Bodies::of(&outline, &scope, &mut names);
    let name = names.beside_parties.free(None, &format!("{} Map", strategy.domain), "map");
    let map = Map { outline: &outline, scope: &scope, names: &names, aggregates: &bodies.aggregates, lang };
    let mut out = Out::default();
    out.comment(&outline.title);
    map.write(&mut out, &name);
    for party in &scope.parties {
        out.line("");
        out.comment(&landscape::name_of(&outline, *party, lang));
        let head = format!("BoundedContext {}", names.parties[party]);
        match outline.contexts.iter().find(|context| *party == Party::Context(context.id)) {
            Some(context) => {
                let implements = strategy.of_context(context).map(|it| format!(" implements {it}"));
                let head = head + &implements.unwrap_or_default();
                out.block(&head, |out| bodies.write(out, context, &strategy));
            }
            None => out.block(&head, |out| out.line("type = SYSTEM")),
        }
    }
    strategy.write(&mut out);
    out.text
}
