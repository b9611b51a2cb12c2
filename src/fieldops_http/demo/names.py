"""
What the demo's customers are called.
"""


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = words(
    """
    Abigail Adrian Aisha Alma Amara Anders Andrea Anthony Beatriz Benjamin Bonnie Brent Brooke Caleb Camille
    Carmen Cassie Chidi Clara Cody Craig Daniel Darlene Deepa Derek Diego Donna Edith Elias Emma Enrique Esther
    Evelyn Farid Felix Fiona Gabriel Gail Gloria Grant Hannah Harold Hector Heidi Ines Irene Isaac Ivan Jada
    Janet Jasper Jerome Joon Josefina Judith Karim Katya Keith Kendra Lars Leilani Lorenzo Louise Lucia Malik
    Marcy Marta Mateo Mei Melvin Miriam Nadia Neil Nina Noah Olive Omar Oscar Paloma Patrick Pedro Phyllis Priya
    Quinn Rachel Rafael Ramona Reuben Rosa Ruben Samuel Shawna Sina Sofia Stella Talia Teresa Todd Tomas Tyrone
    Uma Valerie Vernon Viktor Walter Wendy Yolanda Yusuf Zoe
    """
)
LAST_NAMES = words(
    """
    Abara Abeyta Aldridge Allred Andersen Avila Baca Barlow Barnes Bishop Boyce Brandt Burke Cardenas Castillo
    Chavez Chen Christensen Cisneros Cruz Dalton Dang Draper Dunn Eriksen Esposito Farnsworth Figueroa Fonoti
    Franks Gallegos Garcia Gibbs Goldberg Hale Hansen Haws Holt Hsu Ibarra Ingram Iverson Jensen Jimenez
    Johansen Kaur Kearns Kimball Kowalski Kruger Lacey Larsen Lee Lopez Lund Madsen Maldonado McBride Mendoza
    Moreno Nakamura Nelson Nez Nguyen Nielsen Oakes Okafor Olsen Ortega Park Patel Peralta Poole Pratt Quintana
    Rasmussen Reyes Romero Rossi Salas Sato Shepherd Singh Snow Soto Stewart Sullivan Tanner Taumoepeau Thatcher
    Tran Trujillo Underwood Valdez Vance Vu Webb West Whitaker Yamamoto Yazzie Young Zamora Zhang
    """
)
TRADES = words(
    """
    Bakery Bookshop Brewing Childcare Chiropractic Dental Diner Fitness Florist Garage Hardware Laundry Law
    Optical Pediatrics Preschool Realty Storage Taqueria Veterinary
    """
)
TITLES = {
    "UT": ("Aspen", "Bridal Veil", "Canyon", "Deer Creek", "Hobble Creek", "Jordan River", "Rock Canyon", "Utah Lake"),
    "ID": ("Bogus Basin", "Camas", "Garden City", "Lucky Peak", "Owyhee", "Sawtooth", "Snake River", "Treasure Valley"),
    "AZ": ("Camelback", "Cactus", "Estrella", "Papago", "Roosevelt", "Salt River", "Sun Valley", "Superstition"),
}
